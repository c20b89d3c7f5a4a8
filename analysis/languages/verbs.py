"""Azerbaijani verb forms as spoken: what people write in comments, not in Wikipedia."""

from collections.abc import Iterator
from random import Random

_HIGH = {**dict.fromkeys("aı", "ı"), **dict.fromkeys("eəi", "i"),
         **dict.fromkeys("ou", "u"), **dict.fromkeys("öü", "ü")}  # fmt: skip
_PERSONS = ("Am", "sAn", "", "Iq", "sInIz", "lAr")
_SHORT_PERSONS = ("m", "n", "", "q", "nIz", "lAr")
# A is a or ə, I one of ı i u ü, as the vowel before says; q after a front vowel is k.
_TENSES = (
    *(("Ir" + person) for person in _PERSONS * 3),
    *(("mIr" + person) for person in _PERSONS * 2),
    *(("dI" + person) for person in _SHORT_PERSONS * 2),
    *(("mAdI" + person) for person in _SHORT_PERSONS),
    *(("mIş" + person) for person in ("Am", "sAn", "Iq", "sInIz", "lAr")),
    *(("Ib" + person) for person in ("", "", "sAn", "lAr")),
    *(("mAyIb" + person) for person in ("", "sAn", "lAr")),
    *(("Ar" + person) for person in _PERSONS),
    *("AcAm", "AcAğAm", "AcAqsAn", "AcAq", "AcAğIq", "AcAyIq", "AcAqlAr", "AcAqsInIz"),
    *("mAyAcAm", "mAyAcAq", "mAyAcAqlAr", "mAz", "mArAm", "mAzsAn"),
    *("In", "sIn", "mA", "mAyIn", "mAsIn", "sInlAr", "Aq", "mAyAq"),
    *("sA", "sAm", "sAn", "sAq", "sAlAr", "sAnIz", "mAsA", "mAsAn"),
    *("An", "AndA", "AnlAr", "mAyAn", "mAmIş", "mAlI", "mAlIdI", "mAlIyIq"),
    *("dIğI", "mAsI", "mAğA", "mAqdA", "AnnAn", "ArdI", "mAzdI", "IrdI", "AcAqdI"),
)


def infinitives(words: dict[str, float]) -> dict[str, float]:
    """The verbs of a word list: stem and its weight."""
    return {
        word[:-3]: weight
        for word, weight in words.items()
        if word.endswith(("maq", "mək")) and len(word) > 4
        and any(letter in _HIGH for letter in word[:-3])
    }  # fmt: skip


def forms(stems: list[str], sums: list[float], dice: Random) -> Iterator[str]:
    """Endless forms of verbs, drawn by weight."""
    while True:
        for stem in dice.choices(stems, cum_weights=sums, k=1000):
            yield form(stem, dice.choice(_TENSES))


def form(stem: str, ending: str) -> str:
    """One form: `form("gəl", "IrAm")` is gəlirəm, `form("oyna", "IrAm")` oynuyuram."""
    if ending[:1] in "IA" and stem[-1] in _HIGH:
        if ending.startswith("Ir") and stem[-1] in "aə" and len(stem) > 2:
            stem = stem[:-1] + _high(stem[:-1])
        stem += "y"
    elif ending[:1] in "IA" and stem.endswith(("et", "get", "güt")):
        stem = stem[:-1] + "d"
    word = stem
    for sound in ending:
        word += _sound(sound, word)
    return word


def _sound(sound: str, before: str) -> str:
    high = _high(before)
    if sound == "I":
        return high
    if sound == "A":
        return "a" if high in "ıu" else "ə"
    if sound == "q":
        return "q" if high in "ıu" else "k"
    if sound == "ğ":
        return "ğ" if high in "ıu" else "y"
    return sound


def _high(word: str) -> str:
    return next((_HIGH[letter] for letter in reversed(word) if letter in _HIGH), "i")
