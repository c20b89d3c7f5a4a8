"""How people really type a language: the training text in other spellings."""

from collections.abc import Iterator
from random import Random

from analysis.languages.letters import (
    in_arabic,
    in_az_cyrillic,
    in_russian_letters,
    in_tk_cyrillic,
    in_uz_cyrillic,
    stripped,
)

_DIACRITICS = "əışçğöü"
_DIGRAPHS = str.maketrans({"ş": "sh", "ç": "ch"})
# Turkish saved in a Turkish code page and read as a western one: ı as ý, ş as þ.
_MISREAD = str.maketrans("ışğ", "ýþð")
_W = str.maketrans({"ş": "w"})


def variants(language: str, words: str, dice: Random) -> Iterator[tuple[str, str]]:
    """Language and text of `words` as given, cut short, and in other spellings."""
    yield language, words
    if dice.random() < 0.5:
        yield language, cut(words, dice)
    if language in _SPELLINGS:
        some = cut(words, dice) if dice.random() < 0.4 else words
        yield from _SPELLINGS[language](some, dice)


def cut(words: str, dice: Random) -> str:
    """One to six neighbouring words."""
    parts = words.split()
    length = dice.randint(1, 6)
    start = dice.randint(0, max(0, len(parts) - length))
    return " ".join(parts[start : start + length])


def _partly(words: str, dice: Random) -> str:
    """Some of the letters without their diacritics, each throughout the text."""
    kept = [letter for letter in _DIACRITICS if dice.random() < 0.5]
    table = {ord(letter): stripped(letter) for letter in _DIACRITICS}
    for letter in kept:
        del table[ord(letter)]
    return words.translate(table)


def _az(words: str, dice: Random) -> Iterator[tuple[str, str]]:
    if dice.random() < 0.7:
        yield "az", stripped(words)
    if dice.random() < 0.3:
        yield "az", _partly(words, dice)
    if dice.random() < 0.2:
        yield "az", words.replace("ə", "e")
    if dice.random() < 0.12:
        yield "az", stripped(words.translate(_DIGRAPHS))
    if dice.random() < 0.05:
        yield "az", stripped(words.translate(_W))
    if dice.random() < 0.1:
        yield "az", words.replace("ı", "i")
    cyrillic = in_az_cyrillic(words)
    if dice.random() < 0.25:
        yield "az-Cyrl", cyrillic
    if dice.random() < 0.12:
        yield "az-Cyrl", in_russian_letters(cyrillic, open_e=dice.random() < 0.6)
    if dice.random() < 0.05:
        yield "azb", in_arabic(words)


def _tr(words: str, dice: Random) -> Iterator[tuple[str, str]]:
    if dice.random() < 0.6:
        yield "tr", stripped(words)
    if dice.random() < 0.3:
        yield "tr", _partly(words, dice)
    if dice.random() < 0.1:
        yield "tr", words.replace("ı", "i")
    if dice.random() < 0.03:
        yield "tr", words.translate(_MISREAD)


def _uz(words: str, dice: Random) -> Iterator[tuple[str, str]]:
    if dice.random() < 0.4:
        yield "uz-Cyrl", in_uz_cyrillic(words)
    if dice.random() < 0.2:
        yield "uz", words.replace("'", "")


def _tk(words: str, dice: Random) -> Iterator[tuple[str, str]]:
    if dice.random() < 0.4:
        yield "tk", stripped(words)
    if dice.random() < 0.3:
        yield "tk-Cyrl", in_tk_cyrillic(words)


def _crh(words: str, dice: Random) -> Iterator[tuple[str, str]]:
    if dice.random() < 0.4:
        yield "crh", stripped(words)


_SPELLINGS = {"az": _az, "tr": _tr, "uz": _uz, "tk": _tk, "crh": _crh}
