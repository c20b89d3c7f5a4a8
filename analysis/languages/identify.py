"""Identify the languages of a text: code, script, confidence, and all of a mixed text.

A small fastText model says which language the words are in; the script only rules out
what cannot be written in it. See README.md for how good that is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import fasttext

from analysis.languages.letters import plain_sentences, script_of, script_shares

MODEL = Path(__file__).with_name("model.ftz")
LANGUAGES = frozenset(
    (
        "az",
        "tr",
        "ru",
        "en",
        "uk",
        "hy",
        "ka",
        "fa",
        "azb",
        "kk",
        "uz",
        "tk",
        "crh",
        "ar",
    )
)
OTHER = "other"
# A further language is listed from this share of the letters and this many words on.
PART_SHARE, PART_WORDS, PART_CONFIDENCE = 0.15, 4, 0.95
ONE_LANGUAGE = {"Armn": "hy", "Geor": "ka"}
_CYRILLIC = frozenset(
    ("ru", "uk", "kk", "bg", "mk", "be", "ky", "tg", "tt", "sr", "mn", "az-Cyrl",
     "uz-Cyrl", "tk-Cyrl")
)  # fmt: skip
_ARABIC = frozenset(("fa", "azb", "ar", "ur", "ps", "ckb", "ug"))
# In the archives read here Azerbaijani is more frequent beside Turkish than among the
# lines of the training; README.md shows what the weight changes.
_WEIGHTS = {"az": 2.5}
_LIKELIEST = 6


@dataclass(frozen=True)
class Identified:
    """Languages of one text; `language` is None where there is nothing to read."""

    language: str | None
    script: str | None
    confidence: float | None
    languages: tuple[str, ...]
    word_count: int


UNREADABLE = Identified(None, None, None, (), 0)


@cache
def _model() -> Any:
    return fasttext.load_model(str(MODEL))


def identify(text: str) -> Identified:
    """The main language of a text and, main first, all that a good part is in."""
    sentences = plain_sentences(text)
    words = " ".join(sentences)
    shares = script_shares(words)
    if not shares:
        return UNREADABLE
    (script, letters), *_ = shares.most_common()
    word_count = words.count(" ") + 1
    if letters < shares.total():
        words = " ".join(w for w in words.split() if script_of(w) == script)
    language, confidence = best_language(words, script)
    others: tuple[str, ...] = ()
    if letters < shares.total():
        others = _other_languages(_parts(sentences), language, script)
    elif len(sentences) > 1:
        parts = [(script, sentence.split()) for sentence in sentences]
        others = _other_languages(parts, language, script)
    return Identified(language, script, confidence, (language, *others), word_count)


def best_language(words: str, script: str) -> tuple[str, float]:
    """Language of plain words in a script, with the model's probability for it."""
    if script == "Zyyy":
        return OTHER, 1.0
    if script in ONE_LANGUAGE:
        return ONE_LANGUAGE[script], 1.0
    for count in (_LIKELIEST, -1):
        found = _possible(words, script, count)
        total = sum(found.values())
        if total > 0.5:
            break
    if not found:
        return OTHER, 0.0
    language = max(found, key=lambda name: (found[name], name))
    return language, round(min(1.0, found[language] / total), 4)


def _possible(words: str, script: str, count: int) -> dict[str, float]:
    """Probabilities of the likeliest languages that are written in the script."""
    found: dict[str, float] = {}
    for label, share in zip(*_model().predict(words, k=count), strict=True):
        name = label.removeprefix("__label__")
        if script == _label_script(name):
            language = name.removesuffix("-Cyrl")
            language = language if language in LANGUAGES else OTHER
            weighted = float(share) * _WEIGHTS.get(name, 1.0)
            found[language] = found.get(language, 0.0) + weighted
    return found


def _label_script(name: str) -> str:
    """The script of the model's label."""
    if name in _CYRILLIC:
        return "Cyrl"
    return "Arab" if name in _ARABIC else "Latn"


def _other_languages(
    parts: Iterable[tuple[str, list[str]]], main: str, main_script: str
) -> tuple[str, ...]:
    """Languages besides the main one that a good part of the text is surely in."""
    letters, total = Counter[str](), 0
    for script, words in parts:
        count = sum(map(len, words))
        total += count
        if len(words) < PART_WORDS and script == main_script:
            continue
        language, confidence = best_language(" ".join(words), script)
        if confidence >= PART_CONFIDENCE and len(words) >= PART_WORDS - 1:
            letters[language] += count
    del letters[main]
    del letters[OTHER]
    return tuple(
        language
        for language, count in letters.most_common()
        if count >= PART_SHARE * total
    )


def _parts(sentences: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The sentences of a text, each cut where its script changes."""
    for sentence in sentences:
        for script, words in groupby(sentence.split(), script_of):
            yield script, list(words)
