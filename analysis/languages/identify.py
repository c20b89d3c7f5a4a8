"""Identify the languages of a text: code, script, confidence, and all of a mixed text.

A small fastText model says which language the words are in; the script only rules out
what cannot be written in it. See README.md for how good that is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.languages.letters import SCRIPTS, script_shares
from analysis.languages.model import Vectors, label_shares, model, product, word_sums
from analysis.languages.wordings import Integers, Said, read, runs

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
# Texts told apart at once: more are no faster and take more memory.
_TOGETHER = 2_000
# Arrays hold places in these.
_SCRIPTS = (*SCRIPTS, "Zyyy")
_LANGUAGES = (*sorted(LANGUAGES), OTHER)
_UNASKED = np.array([_LANGUAGES.index(ONE_LANGUAGE.get(s, OTHER)) for s in _SCRIPTS])

Numbers = NDArray[np.float64]


class Identified(NamedTuple):
    """Languages of one text; `language` is None where there is nothing to read."""

    language: str | None
    script: str | None
    confidence: float | None
    languages: tuple[str, ...]
    word_count: int


UNREADABLE = Identified(None, None, None, (), 0)


@dataclass(frozen=True)
class _Words:
    """Each distinct word: its letters per script, script, length, and what it adds."""

    letters: Integers
    scripts: Integers
    lengths: Integers
    sums: Vectors


def identify(text: str) -> Identified:
    """The main language of a text and, main first, all that a good part is in."""
    return identify_all([text])[0]


def identify_all(texts: Sequence[str]) -> list[Identified]:
    """What `identify` says of each text; many at once take far less time."""
    wordings = read(texts)
    known = _known(wordings.words)
    found = [UNREADABLE] * len(texts)
    for start in range(0, len(texts), _TOGETHER):
        said = wordings.said(start, start + _TOGETHER)
        if len(said.words):
            for number, identified in _identified(known, said):
                found[start + number] = identified
    return found


def _known(words: Sequence[str]) -> _Words:
    lengths = np.array([*map(len, words)])
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    distinct, places = np.unique(codes, return_inverse=True)
    shares = [script_shares(chr(code)) for code in distinct]
    rows = np.array([[share[script] for script in _SCRIPTS] for share in shares])
    letters = np.add.reduceat(rows[places], np.cumsum(lengths) - lengths)
    # Of scripts with as many letters it is the first; ² has letters of none.
    scripts = np.where(letters.any(axis=1), letters.argmax(axis=1), len(SCRIPTS))
    return _Words(letters, scripts, lengths, word_sums(words))


def _identified(known: _Words, said: Said) -> Iterator[tuple[int, Identified]]:
    """The texts that have letters: the number of each, and what it is in."""
    texts, firsts = runs(said.texts)
    letters = np.add.reduceat(known.letters[said.words], firsts)
    scripts = letters.argmax(axis=1)
    is_mixed = (letters > 0).sum(axis=1) > 1
    said_in = np.where(is_mixed[texts], known.scripts[said.words], scripts[texts])
    is_main = said_in == scripts[texts]
    # Letters of three scripts in one word: the first may have no word of its own.
    is_main |= ~np.logical_or.reduceat(is_main, firsts)[texts]
    main, shares = _answers(known, said.words[is_main], texts[is_main], scripts)
    further = _further(known, said, said_in, scripts, main)
    sizes = np.bincount(texts)
    columns = (said.texts[firsts], letters.any(axis=1), main, scripts, shares, sizes)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for text, (number, is_readable, language, script, share, size) in enumerate(rows):
        if is_readable:
            code = _LANGUAGES[language]
            codes = (code, *further.get(text, ()))
            yield number, Identified(code, _SCRIPTS[script], share, codes, size)


def _further(
    known: _Words, said: Said, said_in: Integers, scripts: Integers, main: Integers
) -> dict[int, list[str]]:
    """The languages of good parts of a text besides its main one, most first."""
    texts, _ = runs(said.texts)
    parts, firsts = runs(said.texts, said.sentences, said_in)
    part_texts, part_scripts = texts[firsts], said_in[firsts]
    is_alone = np.bincount(part_texts)[part_texts] == 1
    least = PART_WORDS - (part_scripts != scripts[part_texts])
    is_asked = (np.bincount(parts) >= least) & ~is_alone
    is_said = is_asked[parts]
    languages, shares = _answers(
        known, said.words[is_said], parts[is_said], part_scripts[is_asked]
    )
    lengths = known.lengths[said.words]
    letters = np.bincount(parts, lengths)[is_asked]
    part_texts = part_texts[is_asked]
    is_further = (shares >= PART_CONFIDENCE) & (languages != main[part_texts])
    found: dict[int, Counter[int]] = {}
    for part in np.flatnonzero(is_further).tolist():
        counts = found.setdefault(int(part_texts[part]), Counter())
        counts[int(languages[part])] += letters[part]
    least_letters = PART_SHARE * np.bincount(texts, lengths)
    return {
        text: [
            _LANGUAGES[language]
            for language, count in counts.most_common()
            if _LANGUAGES[language] != OTHER and count >= least_letters[text]
        ]
        for text, counts in found.items()
    }


def _answers(
    known: _Words, words: Integers, segments: Integers, scripts: Integers
) -> tuple[Integers, Numbers]:
    """Language of each segment of words, with the model's probability for it."""
    languages, confidences = _UNASKED[scripts], np.ones(len(scripts))
    if not len(words):
        return languages, confidences
    shares = label_shares(known.sums[words], runs(segments)[1])
    for number, script in enumerate(_SCRIPTS[: len(_LABELLED)]):
        rows = np.flatnonzero(scripts == number)
        if len(rows):
            languages[rows], confidences[rows] = _likeliest(shares[rows], script)
    return languages, confidences


def _likeliest(shares: Numbers, script: str) -> tuple[Integers, Numbers]:
    """The language in the script that each row of labels' probabilities says."""
    weights = _weights(script)
    shares = shares + _LEAST_SHARE
    least = np.partition(shares, -_LIKELIEST, axis=1)[:, [-_LIKELIEST]]
    found = product(np.where(shares >= least, shares, 0), weights)
    is_in_another = found.sum(axis=1) <= 0.5
    found[is_in_another] = product(shares[is_in_another], weights)
    confidences = (found.max(axis=1) / found.sum(axis=1)).round(4)
    return found.argmax(axis=1), confidences


@cache
def _weights(script: str) -> Numbers:
    """What each label adds to each language; 0 if of another script."""
    weights = np.zeros((len(model().labels), len(_LANGUAGES)))
    for row, label in enumerate(model().labels):
        if _label_script(label) == script:
            language = label.removesuffix("-Cyrl")
            column = _LANGUAGES.index(language if language in LANGUAGES else OTHER)
            weights[row, column] = _WEIGHTS.get(label, 1.0)
    return weights


def _label_script(label: str) -> str:
    """The script of the model's label."""
    if label in _CYRILLIC:
        return "Cyrl"
    return "Arab" if label in _ARABIC else "Latn"
