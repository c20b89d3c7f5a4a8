"""The training lines: language and plain text, in a fixed order."""

import csv
import math
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

from analysis.languages.letters import SCRIPTS, in_arabic, plain
from analysis.languages.sources import (
    declaration,
    messages,
    spoken_words,
    wikipedia_words,
)
from analysis.languages.variants import variants
from analysis.languages.verbs import form, forms, infinitives

SEED = 20261122
# Lines of drawn words per language: from Wikipedia's list, and from the spoken one.
DRAWN = {
    "az": (35_000, 0),
    "tr": (25_000, 55_000),
    "ru": (25_000, 90_000),
    "en": (20_000, 35_000),
    "uk": (20_000, 35_000),
    "fa": (12_000, 12_000),
    "ar": (10_000, 15_000),
    **dict.fromkeys(
        ("de", "fr", "es", "it", "pt", "nl", "pl", "ro", "id"), (2_000, 2_000)
    ),
    **dict.fromkeys(("bg", "ur", "sr", "mk"), (2_500, 0)),
    **dict.fromkeys(
        ("be", "mn", "ps", "bs", "cs", "sk", "sl", "hr", "hu", "fi", "et", "lv", "lt",
         "sv", "da", "no", "ca", "eu", "ga", "cy", "la", "ms", "tl", "vi", "sw", "so",
         "sq", "af", "is"),
        (1_000, 0),
    ),
}  # fmt: skip
SCRIPT = {
    **dict.fromkeys(("ru", "uk", "kk", "bg", "sr", "mk", "be", "mn"), "Cyrl"),
    **dict.fromkeys(("tt", "ky", "tg"), "Cyrl"),
    **dict.fromkeys(("fa", "ar", "ur", "ps", "ug", "ckb"), "Arab"),
}
# Interface messages: language, the folder of its catalogue, how many lines of them.
MESSAGES = (
    ("az", "az", 15_000), ("tr", "tr", 12_000), ("ru", "ru", 12_000),
    ("uk", "uk", 12_000), ("fa", "fa", 6_000), ("ar", "ar", 6_000),
    ("kk", "kk", 25_000), ("uz", "uz", 15_000), ("uz-Cyrl", "uz@cyrillic", 8_000),
    ("tk", "tk", 16_000), ("crh", "crh", 25_000), ("tt", "tt", 4_000),
    ("ky", "ky", 5_000), ("tg", "tg", 3_000), ("ug", "ug", 3_000), ("ku", "ku", 4_000),
    ("ckb", "ckb", 3_000), ("bg", "bg", 2_000), ("sr", "sr", 3_000),
    ("be", "be", 3_000),
)  # fmt: skip
DECLARATIONS = (
    ("crh", "crh"), ("crh", "crh"), ("tt", "tat"), ("ky", "kir"), ("ug", "uig_arab"),
    ("ku", "kmr"),
    ("ckb", "ckb"), ("tg", "tgk"), ("be", "bel"), ("bg", "bul"),
)  # fmt: skip
DECLARATION_TIMES = 10
EVERYDAY = Path(__file__).with_name("everyday.csv")
EVERYDAY_LINES = {"az": 12_000, "uz": 14_000, "tk": 10_000, "crh": 10_000, "ru": 4_000}
SPOKEN_AZ_LINES, AZB_LINES = 75_000, 15_000
NAMED = ("en", "tr", "ru", "uk", "uz", "tk", "de", "fr", "es")


def lines(folder: Path) -> list[tuple[str, str]]:
    """All training lines as (language, plain text), shuffled."""
    dice = Random(SEED)
    found: list[tuple[str, str]] = []
    for language, text in _texts(folder, dice):
        found.extend(variants(language, text, dice))
    found.extend(_with_names(found, folder, dice))
    dice.shuffle(found)
    return found


def _texts(folder: Path, dice: Random) -> Iterator[tuple[str, str]]:
    english = wikipedia_words(folder, "en")
    for language, (written, spoken) in DRAWN.items():
        words = wikipedia_words(folder, language)
        own = _own(words, english, language)
        yield from ((language, text) for text in drawn(own, written, dice))
        if spoken:
            shares = spoken_words(language)
            own = _own({w: math.log(p) for w, p in shares.items()}, english, language)
            yield from ((language, text) for text in drawn(own, spoken, dice))
    for language, code, count in MESSAGES:
        script = "Cyrl" if code == "uz@cyrillic" else SCRIPT.get(language, "Latn")
        found = messages(folder, code, script)
        yield from ((language, text) for text in dice.choices(found, k=count))
    for language, code in DECLARATIONS:
        for text in declaration(folder, code):
            yield from [(language, text)] * DECLARATION_TIMES
    yield from _everyday(folder, dice)


def _everyday(folder: Path, dice: Random) -> Iterator[tuple[str, str]]:
    """Sentences written for this model, and lines drawn from their words."""
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        said: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            said.setdefault(row["language_code"], []).append(plain(row["text"]))
    words = {code: " ".join(texts).split() for code, texts in said.items()}
    for language, count in EVERYDAY_LINES.items():
        counted = dict.fromkeys(words[language], 1.0)
        yield from ((language, text) for text in dice.choices(said[language], k=count))
        yield from ((language, text) for text in drawn(counted, count, dice))
    az = _own(wikipedia_words(folder, "az"), wikipedia_words(folder, "en"), "az")
    yield from (("az", text) for text in _spoken_az(az, words["az"], dice))
    fa = _own(wikipedia_words(folder, "fa"), {}, "fa")
    yield from (("azb", text) for text in _azb(az, fa, words["azb"], dice))


def _spoken_az(
    written: dict[str, float], everyday: list[str], dice: Random
) -> Iterator[str]:
    """Lines of written words, everyday words and verb forms, mixed."""
    stems = infinitives(written)
    verbs = forms(list(stems), list(accumulate(w**0.7 for w in stems.values())), dice)
    flat = {word: weight**0.8 for word, weight in written.items()}
    for line in drawn(flat, SPOKEN_AZ_LINES, dice):
        words = []
        for word in line.split():
            chance = dice.random()
            if chance < 0.3:
                words.append(next(verbs))
            elif chance < 0.55:
                words.append(dice.choice(everyday))
            elif chance < 0.6:
                words.append(form(word, dice.choice(("dI", "dI", "dIr", "nAn"))))
            else:
                words.append(word)
        yield " ".join(words)


def _azb(
    az: dict[str, float], fa: dict[str, float], everyday: list[str], dice: Random
) -> Iterator[str]:
    """Lines of the Azerbaijani of Iran: its own words, Persian ones, converted ones."""
    converted = {in_arabic(word): weight for word, weight in az.items()}
    persian = drawn(fa, AZB_LINES, dice)
    for line, foreign in zip(drawn(converted, AZB_LINES, dice), persian, strict=True):
        words = line.split()
        borrowed = foreign.split()[: max(1, len(words) // 2)]
        own = dice.choices(everyday, k=max(1, len(words) // 2))
        words = words + borrowed + own
        dice.shuffle(words)
        yield " ".join(words)


def _own(
    words: dict[str, float], english: dict[str, float], language: str
) -> dict[str, float]:
    """Weights of the words that are the language's own, not quoted English."""
    script = SCRIPT.get(language, "Latn")
    return {
        word: math.exp(0.85 * logarithm)
        for word, logarithm in words.items()
        if SCRIPTS[script].fullmatch(word.replace("'", ""))
        and (language == "en" or english.get(word, -99.0) < logarithm + 1.5)
    }


def drawn(weights: dict[str, float], count: int, dice: Random) -> Iterator[str]:
    """`count` lines of words drawn by weight: 1 to 30 words, mostly 4 to 12."""
    words, sums = list(weights), list(accumulate(weights.values()))
    for _ in range(count):
        length = min(30, max(1, int(dice.lognormvariate(1.9, 0.6))))
        yield " ".join(dice.choices(words, cum_weights=sums, k=length))


def _with_names(
    found: list[tuple[str, str]], folder: Path, dice: Random
) -> list[tuple[str, str]]:
    """Texts of other languages with Azerbaijani names inside: still in theirs."""
    names = [word for word in wikipedia_words(folder, "az") if "ə" in word][:30_000]
    named = []
    for language, text in found:
        words = text.split()
        if language in NAMED and len(words) >= 6 and dice.random() < 0.25:
            for _ in range(dice.randint(1, 1 + len(words) // 4)):
                words.insert(dice.randint(0, len(words)), dice.choice(names))
            named.append((language, " ".join(words)))
    return named
