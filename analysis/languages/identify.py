"""Identify the languages of a text: code, script, confidence, and all of a mixed text.

A small fastText model says which language the words are in; the script only rules out
what cannot be written in it. See README.md for how good that is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, islice

import numpy as np
from numpy.typing import NDArray

from analysis.languages.letters import plain_sentences, script_of, script_shares
from analysis.languages.model import label_shares, model, product

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
_LABELLED = ("Latn", "Cyrl", "Arab")
ONE_LANGUAGE = {"Armn": "hy", "Geor": "ka"}
_CYRILLIC = frozenset(
    ("ru", "uk", "kk", "bg", "mk", "be", "ky", "tg", "tt", "sr", "mn", "az-Cyrl",
     "uz-Cyrl", "tk-Cyrl")
)  # fmt: skip
_ARABIC = frozenset(("fa", "azb", "ar", "ur", "ps", "ckb", "ug"))
# In the archives read here Azerbaijani is more frequent beside Turkish than among the
# lines of the training; README.md shows what the weight changes.
_WEIGHTS = {"az": 2.5}
# Only so many labels are compared, unless their sum is small: of another script, then.
_LIKELIEST = 6
# Added to the probability of every label, as by fastText itself: where almost all of it
# is on languages of another script, no small remainder makes a sure answer.
_LEAST_SHARE = 1e-5

Numbers = NDArray[np.float64]
Segment = tuple[str, list[str]]  # words and the script they are in
Answer = tuple[str, float]  # the language and the probability of it


@dataclass(frozen=True)
class Identified:
    """Languages of one text; `language` is None where there is nothing to read."""

    language: str | None
    script: str | None
    confidence: float | None
    languages: tuple[str, ...]
    word_count: int


UNREADABLE = Identified(None, None, None, (), 0)


@dataclass(frozen=True)
class _Read:
    """One text: the segments to ask about, the whole first, and its size."""

    segments: list[Segment]
    letter_count: int
    word_count: int


def identify(text: str) -> Identified:
    """The main language of a text and, main first, all that a good part is in."""
    return identify_all([text])[0]


def identify_all(texts: Sequence[str]) -> list[Identified]:
    """What `identify` says of each text; many at once take far less time."""
    read = [_read(plain_sentences(text)) for text in texts]
    segments = list(chain.from_iterable(each.segments for each in read))
    answers = iter(best_languages(segments))
    return [
        _identified(each, list(islice(answers, len(each.segments)))) for each in read
    ]


def _read(sentences: list[str]) -> _Read:
    words = [word for sentence in sentences for word in sentence.split(" ")]
    shares = script_shares(" ".join(words))
    if not shares:
        return _Read([], 0, 0)
    script = shares.most_common(1)[0][0]
    main = words
    if len(shares) > 1:
        # Letters of three scripts in one word: the first may have no word of its own.
        main = [word for word in words if script_of(word) == script] or words
        parts = list(_parts(sentences))
    else:
        parts = [(script, sentence.split(" ")) for sentence in sentences]
    asked = [
        (part_script, part)
        for part_script, part in parts
        if len(part) >= PART_WORDS - (part_script != script) and len(parts) > 1
    ]
    return _Read([(script, main), *asked], sum(map(len, words)), len(words))


def _parts(sentences: Iterable[str]) -> Iterator[Segment]:
    """The sentences of a text, each cut where its script changes."""
    for sentence in sentences:
        for script, words in groupby(sentence.split(" "), script_of):
            yield script, list(words)


def _identified(read: _Read, answers: list[Answer]) -> Identified:
    if not answers:
        return UNREADABLE
    (main, confidence), *others = answers
    letters = Counter[str]()
    for (_, words), (language, sureness) in zip(read.segments[1:], others, strict=True):
        if sureness >= PART_CONFIDENCE:
            letters[language] += sum(map(len, words))
    further = (
        language
        for language, count in letters.most_common()
        if language not in {main, OTHER} and count >= PART_SHARE * read.letter_count
    )
    script = read.segments[0][0]
    return Identified(main, script, confidence, (main, *further), read.word_count)


def best_languages(segments: Sequence[Segment]) -> list[Answer]:
    """Language of each segment, with the model's probability for it."""
    found = [(ONE_LANGUAGE.get(script, OTHER), 1.0) for script, _ in segments]
    for asked in _LABELLED:
        numbers = [n for n, (script, _) in enumerate(segments) if script == asked]
        if numbers:
            shares = label_shares([segments[number][1] for number in numbers])
            for number, answer in zip(numbers, _likeliest(shares, asked), strict=True):
                found[number] = answer
    return found


def _likeliest(shares: Numbers, script: str) -> Iterator[Answer]:
    """The language in the script that each row of labels' probabilities says."""
    languages, weights = _weights(script)
    shares = shares + _LEAST_SHARE
    least = np.partition(shares, -_LIKELIEST, axis=1)[:, [-_LIKELIEST]]
    found = product(np.where(shares >= least, shares, 0), weights)
    is_in_script = found.sum(axis=1, keepdims=True) > 0.5
    found = np.where(is_in_script, found, product(shares, weights))
    confidences = (found.max(axis=1) / found.sum(axis=1)).round(4)
    best = [languages[column] for column in found.argmax(axis=1)]
    return zip(best, confidences.tolist(), strict=True)


@cache
def _weights(script: str) -> tuple[list[str], Numbers]:
    """Languages, and what each label adds to each; 0 if of another script."""
    languages = [*sorted(LANGUAGES), OTHER]
    weights = np.zeros((len(model().labels), len(languages)))
    for row, label in enumerate(model().labels):
        if _label_script(label) == script:
            language = label.removesuffix("-Cyrl")
            column = languages.index(language if language in LANGUAGES else OTHER)
            weights[row, column] = _WEIGHTS.get(label, 1.0)
    return languages, weights


def _label_script(label: str) -> str:
    """The script of the model's label."""
    if label in _CYRILLIC:
        return "Cyrl"
    return "Arab" if label in _ARABIC else "Latn"
