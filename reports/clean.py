"""Makes the text of a stranger printable without hiding what is in it."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from matplotlib.ft2font import FT2Font

FONTS = Path(__file__).parent / "fonts"
LONGEST_WORD = 40
MOST_MARKS = 2
NO_BREAK = "\u00a0"
ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER, EMOJI_SELECTOR = "\u200c", "\u200d", "\ufe0f"
# Three or more numbers in a row, as for a script without a font, are shortened.
NUMBERS = re.compile(r"(?:\[U\+[0-9A-F]{4,6}\]){3,}")


@cache
def alphabets() -> tuple[frozenset[int], ...]:
    """The code points that each font of the report can draw."""
    paths = sorted(FONTS.glob("*-Regular.ttf"))
    return tuple(frozenset(FT2Font(str(path)).get_charmap()) for path in paths)


@cache
def plain() -> frozenset[str]:
    """The characters that may always stand as they are: most texts hold no others."""
    drawable = frozenset[int]().union(*alphabets())
    letters = (chr(number) for number in drawable)
    kinds = ("Lu", "Ll", "Lo", "Nd", "Po", "Pd", "Ps", "Pe", "Pi", "Pf", "Sc", "Sm")
    return frozenset(
        {" ", NO_BREAK, *(x for x in letters if unicodedata.category(x) in kinds)}
    )


@lru_cache(maxsize=50_000)
def visible(text: str) -> str:
    """`text` on one line with every control shown and every glyph in a font."""
    text = re.sub(r"[^\S\u00a0]+", " ", text).strip()
    if plain().issuperset(text):
        return text
    return NUMBERS.sub(shortened, "".join(shown(text)))


def clean(text: str, longest_word: int = LONGEST_WORD) -> str:
    """`text` as it can be printed: every control shown, every glyph in a font.

    Direction and zero-width controls become `[U+202E]`, so do letters no font has;
    piles of combining marks are cut, white space is one blank, and a space without
    width lets words longer than `longest_word` break. Joiners stay where Persian and
    emoji need them.
    """
    return re.sub(rf"([^ ]{{{longest_word}}})(?=[^ ])", "\\1\u200b", visible(text))


def shortened(numbers: re.Match[str]) -> str:
    """A row of code points as `[U+4E2D … U+6587, 9 signs]`."""
    each = numbers.group()[1:-1].split("][")
    return f"[{each[0]} … {each[-1]}, {len(each)} signs]"


def shown(text: str) -> list[str]:
    """The characters of `text` after the rules of `clean`, without word breaks."""
    pieces: list[str] = []
    base, marks = "", 0
    for position, character in enumerate(text):
        if unicodedata.category(character) in ("Mn", "Me"):
            if character == EMOJI_SELECTOR and is_symbol(base):
                pieces.append(character)
                continue
            marks += 1
            if marks <= MOST_MARKS:
                pieces.append(mark_shown(base, character))
            elif marks == MOST_MARKS + 1:
                pieces.append("[marks cut]")
            continue
        pieces.append(character_shown(text, position))
        base, marks = character, 0
    return pieces


def mark_shown(base: str, mark: str) -> str:
    """A combining mark, or its number where no font has it together with `base`."""
    cluster = {ord(character) for character in base + mark}
    has_font = base not in ("", " ") and any(cluster <= font for font in alphabets())
    return mark if has_font else code_point(mark)


def character_shown(text: str, position: int) -> str:
    """The character at `position`, or its number where it would hide or be a box."""
    character = text[position]
    if character in (ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER):
        before, after = text[:position][-1:], text[position + 1 : position + 2]
        is_needed = joins(before, after, character)
        return character if is_needed else code_point(character)
    if unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
        return code_point(character)
    if any(ord(character) in font for font in alphabets()):
        return character
    return code_point(character)


def joins(before: str, after: str, joiner: str) -> bool:
    """Whether a joiner between two characters is spelling and not hiding."""
    if joiner == ZERO_WIDTH_JOINER and (before == EMOJI_SELECTOR or is_symbol(before)):
        return is_symbol(after)
    return is_arabic(before) and is_arabic(after)


def is_symbol(character: str) -> bool:
    """Whether `character` is an emoji or a skin tone, as far as Unicode tells."""
    return character != "" and unicodedata.category(character) in ("So", "Sk", "Sm")


def is_arabic(character: str) -> bool:
    """Whether `character` is of the Arabic script."""
    return unicodedata.bidirectional(character or " ") in ("AL", "NSM")


def code_point(character: str) -> str:
    """The number of a character as people look it up, `[U+202E]`."""
    return f"[U+{ord(character):04X}]"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of `text` is Arabic, Hebrew or the like."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def clip(text: str, longest: int) -> str:
    """`text`, cut after `longest` characters with a mark that says so."""
    return text if len(text) <= longest else text[:longest].rstrip() + " […]"


def marked(text: str, words: list[str]) -> list[dict[str, str | bool]]:
    """Clean pieces of `text`, each with whether it is one of the matched `words`."""
    found = sorted({word for word in words if word.strip()}, key=lambda w: (-len(w), w))
    if not found:
        return [{"text": clean(text), "is_match": False}]
    choice = "|".join(re.escape(word) for word in found)
    parts = re.split(rf"(?<!\w)({choice})(?!\w)", text, flags=re.IGNORECASE)
    return [
        {"text": spaced(part), "is_match": number % 2 == 1}
        for number, part in enumerate(parts)
        if part
    ]


def spaced(part: str) -> str:
    """`clean` that keeps the blank at either end, for a part of a sentence."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return before + clean(part) + after
