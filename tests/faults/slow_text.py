"""analysis/macros/text.sql read letter by letter in Python, as slowly as it is plain.

DuckDB and Python do not know the same Unicode version, so that categories and lower
case are asked of DuckDB once, letter by letter.
"""

from functools import cache
from itertools import pairwise

import duckdb
import pyarrow as pa

MARKS = set("\u200b\u200c\u200d\u2060\ufeff\u00ad'’ʼʻ`´՛՜՞")
VOWELS = {"\u0640", *map(chr, range(0x64B, 0x660))}
SILENT = MARKS | VOWELS
EMOJI = set("💥🔥⚰💣🚀☠🪖⚔")
SPACED = set(" .·•*_-")
LATIN, CYRILLIC = "aceopxyhəijkmtb", "асеорхуһәіјкмтв"
TO_CYRILLIC = dict(zip(LATIN, "асеорхунәіјкмтв", strict=True))
TO_LATIN = dict(zip(CYRILLIC, LATIN, strict=True))
LAST = dict(
    zip(
        "əıҹҝғөүһјيىكةۀ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
        "eiчггоухиییکهه01234567890123456789",
        strict=True,
    )
)
ONLY_CYRILLIC = set("бгдёжзийлнпфцчшщъыьэюяғҝөүҹїєґ")


KINDS = ("L", "N", "M", "Ll", "Lu")
_known: dict[str, tuple[str, frozenset[str]]] = {}


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _asked(said: str, texts: list[str]) -> list[tuple[str, ...]]:
    """A select from the table `given`, whose column `said` holds the texts."""
    _database().register("given", pa.table({"said": texts}))
    return _database().execute(said).fetchall()


def learn(texts: list[str]) -> None:
    """Ask DuckDB of all letters of the texts that were not asked of before."""
    # Not set - keys: that walks through all keys, for each text.
    new = sorted(sign for sign in set("".join(texts)) if sign not in _known)
    if not new:
        return
    kinds = ", ".join(f"regexp_matches(said, '\\p{{{kind}}}')" for kind in KINDS)
    for letter, lower, *is_of in _asked(
        f"select said, lower(said), {kinds} from given", new
    ):
        kept = (kind for kind, is_it in zip(KINDS, is_of, strict=True) if is_it)
        _known[letter] = (lower, frozenset(kept))


def _is(kind: str, letter: str) -> bool:
    return kind in _known[letter][1]


def _lower(letter: str) -> str:
    return _known[letter][0]


def _is_letter(sign: str) -> bool:
    return _is("L", sign)


def _is_sign_of_word(sign: str) -> bool:
    return _is_letter(sign) or _is("N", sign) or _is("M", sign) or sign in MARKS


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"


def _is_latin(letter: str) -> bool:
    return "a" <= letter <= "z" or letter == "ə"


def folded(words: list[str]) -> list[str]:
    """text.folded of each: the one form in which words are compared."""
    composed = [
        row[0] for row in _asked("select nfc_normalize(said) from given", words)
    ]
    plain = [_plain(word) for word in composed]
    learn(plain)
    bare = [_bare("".join(map(_lower, word))) for word in plain]
    learn(bare)
    unmixed = [_unmixed(_undigited(word)) for word in bare]
    said = "select strip_accents(said) from given"
    stripped = [row[0] for row in _asked(said, unmixed)]
    return [
        word if _is_plain(word) else "".join(LAST.get(sign, sign) for sign in form)
        for word, form in zip(words, stripped, strict=True)
    ]


def _is_plain(word: str) -> bool:
    """Whether a word holds nothing that folding would change."""
    return all("a" <= sign <= "z" or "0" <= sign <= "9" for sign in word) and not any(
        _is_latin(before) and digit in "03" and _is_latin(after)
        for before, digit, after in zip(word, word[1:], word[2:], strict=False)
    )


def _bare(word: str) -> str:
    return "".join(sign for sign in word if sign not in SILENT)


def _plain(word: str) -> str:
    """Wide signs become plain ones where at least one is a letter or a digit."""
    if not any(map(_is_wide, word)):
        return word
    return "".join(map(_plain_sign, word))


def _is_wide(sign: str) -> bool:
    return (
        "\uff10" <= sign <= "\uff19"
        or "\uff21" <= sign <= "\uff3a"
        or "\uff41" <= sign <= "\uff5a"
        or "\U0001d400" <= sign <= "\U0001d6a3"
    )


def _plain_sign(letter: str) -> str:
    number = ord(letter)
    if 0xFF10 <= number <= 0xFF5A:
        return chr(number - 0xFEE0)
    if 0x1D400 <= number <= 0x1D6A3:
        place = (number - 0x1D400) % 52
        return chr(65 + place) if place < 26 else chr(71 + place)
    return letter


def _undigited(word: str) -> str:
    is_between = False
    for start in range(len(word)):
        end = start + 1
        while end < len(word) and word[end] in "034":
            end += 1
        if end > start + 1 and end < len(word):
            is_between |= _is_letter(word[start]) and _is_letter(word[end])
    if not is_between:
        return word
    table = {"0": "о", "3": "з", "4": "ч"} if any(map(_is_cyrillic, word)) else {}
    table = table or {"0": "o", "3": "e"}
    return "".join(table.get(sign, sign) for sign in word)


def _unmixed(word: str) -> str:
    latin = sum(map(_is_latin, word))
    cyrillic = sum(map(_is_cyrillic, word))
    if not latin or not cyrillic:
        return word
    is_latin = any(sign in "dfglnqrsuvwz" for sign in word) or (
        not ONLY_CYRILLIC & set(word) and latin > cyrillic
    )
    table = TO_LATIN if is_latin else TO_CYRILLIC
    return "".join(table.get(sign, sign) for sign in word)


def _marked(text: str) -> list[str]:
    """The signs of a text; after a hashtag's word where the next begins stands ''."""
    signs = list(text)
    has_seam = any(
        sign == "#" and _has_seam(signs[place + 1 :])
        for place, sign in enumerate(signs)
    )
    if not has_seam:
        return signs
    found: list[str] = []
    for place, sign in enumerate(signs):
        found.append(sign)
        if _is("Ll", sign) and _is_capital(signs[place + 1 : place + 2]):
            found.append("\x1f")
    return found


def _is_capital(sign: list[str]) -> bool:
    return bool(sign) and _is("Lu", sign[0])


def _has_seam(signs: list[str]) -> bool:
    """Whether a capital follows a small letter before the hashtag ends."""
    for before, after in pairwise(signs):
        if not (_is_letter(before) or _is("N", before) or before == "_"):
            return False
        if _is("Ll", before) and _is("Lu", after):
            return True
    return False


def _spaced_end(signs: list[str], start: int) -> int:
    """Where letters with a sign between each, begun at `start`, end; 0 if fewer."""
    place, pairs = start, 0
    while place + 1 < len(signs):
        if not _is_letter(signs[place]) or signs[place + 1] not in SPACED:
            break
        place, pairs = place + 2, pairs + 1
    # The expression gives back pairs until a single letter stands last.
    while pairs >= 3:
        if place < len(signs) and _is_letter(signs[place]):
            end = place + 1
            if end == len(signs):
                return end
            if not _is_letter(signs[end]) and not _is("N", signs[end]):
                return end + 1
        place, pairs = place - 2, pairs - 1
    return 0


def _spans(signs: list[str]) -> list[tuple[int, int, bool]]:
    """Start and end of each word, and whether its letters are spaced out."""
    found, place = [], 0
    while place < len(signs):
        if end := _spaced_end(signs, place):
            found.append((place, end, True))
        elif _is_letter(signs[place]) or _is("N", signs[place]):
            end = place + 1
            while end < len(signs) and _is_sign_of_word(signs[end]):
                end += 1
            found.append((place, end, False))
        elif signs[place] in EMOJI:
            end = place + 1
            found.append((place, end, False))
        else:
            end = place + 1
        place = end
    return found


def words_of(text: str) -> list[str]:
    """text.words_of: the words in order, in lower case."""
    signs = [*map(_lower, _marked(text))]
    learn(signs)
    assert all(len(sign) == 1 for sign in signs)
    return [
        "".join(filter(_is_letter, signs[start:end]))
        if is_spaced
        else "".join(signs[start:end])
        for start, end, is_spaced in _spans(signs)
    ]


def pieces_of(text: str) -> list[str]:
    """text.pieces_of: the words as written, each with what follows it."""
    signs = _marked(text)
    found: list[str] = []
    for start, end, _ in _spans(signs):
        while end < len(signs) and not _begins_word(signs[end]):
            end += 1
        found.append("".join(signs[start:end]).replace("\x1f", ""))
    return found


def _begins_word(sign: str) -> bool:
    return _is_letter(sign) or _is("N", sign) or sign in EMOJI
