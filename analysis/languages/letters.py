"""Letters: the form that is identified, the script of a text, and its spellings.

Training and identifying use the same functions, so they see the same form.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_DOMAINS = r"\.(?:me|com|ly|be|az|org|net|ru|tr|info|tv)\b"
# Addresses, tags and mentions, HTML entities, and whatever is neither letter nor '.
_NOT_WORDS = re.compile(
    rf"(?:https?://|www\.)\S+|\b[a-z0-9-]+{_DOMAINS}\S*"
    r"|\S+@\S+\.\S+|[@#]\w*|&(?:amp|lt|gt|quot|nbsp|#\d+);|[^\w'’ʻ`@#&\n]+|[\d_&]+",
    re.IGNORECASE,
)
# A text without these needs the end of that pattern only, in a third of the time.
_MARKS = re.compile(rf"[@#&]|://|www\.|{_DOMAINS}", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^\w'’ʻ`\n]+|[\d_]+")
_ENDS = re.compile(r"[.!?…:;]+\s|[\n‖|•]|\s[-–—/]+\s")
_TAG = re.compile(r"#(\w+)")
_TAG_WORDS = re.compile(r"[A-ZƏÇĞİÖŞÜА-ЯЁ]?[^\W\d_A-ZƏÇĞİÖŞÜА-ЯЁ]+|[^\W\d_]+")
_LONG = re.compile(r"(\S)\1{2,}")
_NO_LETTER = re.compile(r"(?<!\S)'+(?!\S)")
_LATIN_SCHWA = re.compile("(?<=[a-zçşğöüı])ә|ә(?=[a-zçşğöüı])")
_CYRILLIC_I = re.compile("(?<=[а-яёғқңөұүһ])i|i(?=[а-яёғқңөұүһ])")
_CYRILLIC_SCHWA = re.compile("(?<=[а-яёіғқңөұүһјҝҹ])ə|ə(?=[а-яёіғқңөұүһјҝҹ])")

_LATIN_ONLY = re.compile("[a-z\u00df-\u024f\u0259\u1e00-\u1eff' ]+")
SCRIPTS = {
    "Latn": re.compile("[a-z\u00df-\u024f\u0259\u1e00-\u1eff]+"),
    "Cyrl": re.compile("[\u0400-\u052f]+"),
    "Arab": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"),
    "Armn": re.compile("[\u0531-\u058a\ufb13-\ufb17]+"),
    "Geor": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]+"),
}


def plain(text: str) -> str:
    """The words of `text` in lower case, one blank between them; '' without letters."""
    return " ".join(plain_sentences(text))


def plain_sentences(text: str) -> list[str]:
    """The words of each sentence, of those that have any.

    Hashtags count only where nothing else is said: they are names more than language.
    """
    found = _lines(_ENDS.sub("\n", text))
    if found or "#" not in text:
        return found
    tags = (" ".join(_TAG_WORDS.findall(tag)) for tag in _TAG.findall(text))
    return _lines(" ".join(tags))


def words_of_pieces(pieces: Iterable[str]) -> Iterator[list[str]]:
    """The words of each piece, and a line break wherever a sentence ends in it.

    A piece is what stands between two blanks of a text without links, tags, mentions.
    """
    cut = [_ENDS.sub("\n", f" {piece} ") for piece in pieces]
    lines = iter(_bare("\n".join(cut)).split("\n"))
    for piece in cut:
        words = next(lines).split()
        for _ in range(piece.count("\n")):
            words += ["\n", *next(lines).split()]
        yield words


def _lines(text: str) -> list[str]:
    """The words of each line, of those that have any."""
    lines = (" ".join(line.split()) for line in _bare(text).split("\n"))
    return [line for line in lines if line]


def _bare(text: str) -> str:
    """The lines of a text as words in one spelling, blanks between them."""
    text = text.replace("İ", "i")
    unwanted = _NOT_WORDS if _MARKS.search(text) else _NOT_LETTERS
    bare = unwanted.sub(" ", text).lower()
    for apostrophe in "’ʻ`":
        bare = bare.replace(apostrophe, "'")
    if not bare.isascii():
        bare = _respelled(bare)
    bare = _LONG.sub(r"\1", bare)
    return _NO_LETTER.sub("", bare) if "'" in bare else bare


def _respelled(bare: str) -> str:
    """One spelling for letters that look alike."""
    bare = bare.replace("ǝ", "ə").replace("i̇", "i")
    if SCRIPTS["Cyrl"].search(bare):
        bare = _CYRILLIC_SCHWA.sub("ә", _LATIN_SCHWA.sub("ə", bare))
        bare = _CYRILLIC_I.sub("і", bare)
    return bare


def script_shares(words: str) -> Counter[str]:
    """Letters per script (ISO 15924) in a plain text; `Zyyy` for all other scripts."""
    if _LATIN_ONLY.fullmatch(words):
        letters = len(words) - words.count(" ") - words.count("'")
        return Counter({"Latn": letters} if letters else {})
    letters = sum(map(str.isalpha, words))
    counts = Counter(
        {
            script: sum(map(len, pattern.findall(words)))
            for script, pattern in SCRIPTS.items()
        }
    )
    counts["Zyyy"] = letters - counts.total()
    return +counts


_STRIPPED = str.maketrans("əışçğöüñňýžä", "eiscgounnyza")
_LATIN = "abcçdeəfgğhxıijkqlmnoöprsştuüvyzw"
_CYRILLIC = "абҹчдеәфҝғһхыижкглмноөпрсштуүвјзв"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_RUSSIAN = str.maketrans("әөүҹғҝһј", "аоужггхй")
_TO_RUSSIAN_E = str.maketrans("әөүҹғҝһј", "еоужггхй")


def stripped(words: str) -> str:
    """Without diacritics, as typed on an English keyboard: ə becomes e, ş s."""
    return words.translate(_STRIPPED)


def in_az_cyrillic(words: str) -> str:
    """Azerbaijani Latin in the Cyrillic alphabet of 1958, letter by letter."""
    return words.translate(_TO_CYRILLIC)


def in_russian_letters(words: str, *, open_e: bool) -> str:
    """Azerbaijani Cyrillic as typed on a Russian keyboard; ә becomes е or а."""
    typed = words.translate(_TO_RUSSIAN_E if open_e else _TO_RUSSIAN)
    return typed.replace("йа", "я").replace("йу", "ю")


_UZ = (
    ("o'", "ў"), ("g'", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"),
    ("ya", "я"), ("ye", "е"), ("ts", "ц"),
    *zip("abcdefghijklmnopqrstuvxyzw'", "абсдефгҳижклмнопқрстувхйзвъ", strict=True),
)  # fmt: skip
_TK = (
    ("ýa", "я"), ("ýu", "ю"), ("ýo", "ё"), ("ýe", "е"),
    *zip(
        "abçdeäfghiyjkžlmnňoöprsştuüwýz", "абчдеәфгхиыҗкжлмнңоөпрсштуүвйз",
        strict=True,
    ),
)  # fmt: skip


def in_uz_cyrillic(words: str) -> str:
    """Uzbek Latin in Cyrillic."""
    return _replaced(words, _UZ)


def in_tk_cyrillic(words: str) -> str:
    """Turkmen Latin in Cyrillic."""
    return _replaced(words, _TK)


def _replaced(words: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        words = words.replace(old, new)
    return words


_TO_ARABIC = str.maketrans(
    "abcçdefgğhxıijkqlmnoöprsştuüvyz'", "ابجچدئفگغهخیییکقلمنووپرسشتووویز "
)
_FIRST = {"a": "آ", "e": "ائ", "i": "ای", "ı": "ای", "ə": "ا"}
_FIRST |= {letter: "او" for letter in "oöuü"}


def in_arabic(words: str) -> str:
    """Azerbaijani Latin in Arabic letters, roughly as typed in Iran.

    Words of Persian or Arabic origin keep their own spelling there; here they do not.
    """
    return " ".join(map(_arabic_word, words.split()))


def _arabic_word(word: str) -> str:
    first = _FIRST.get(word[0], word[0].translate(_TO_ARABIC))
    middle = word[1:-1].replace("ə", "").translate(_TO_ARABIC)
    last = word[-1].replace("ə", "ه").translate(_TO_ARABIC) if len(word) > 1 else ""
    return first + middle + last
