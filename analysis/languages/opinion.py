"""A second opinion where the model is unsure: langdetect with profiles that know az.

langdetect as shipped has no Azerbaijani and calls it Turkish. Its method is another
one (naive Bayes over letter triples), so where both agree the answer is safer.
"""

import gzip
import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from langdetect import LangDetectException
from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory
from numpy.typing import NDArray

from analysis.languages.identify import (
    LANGUAGES,
    ONE_LANGUAGE,
    OTHER,
    Identified,
    identify_all,
)
from analysis.languages.letters import plain
from analysis.languages.model import MODEL

PROFILES = Path(__file__).with_name("profiles.json.gz")
# The model alone is believed from CERTAIN on. Below it langdetect is asked, and below
# ASKED nobody is: where both agree there, they are right too seldom (README.md).
CERTAIN, ASKED = 0.9, 0.75
LEAST_WORDS = 3
_TRIALS = 3
# Changes of code that change results raise this.
METHOD = 3

Vector = NDArray[np.float64]


class Judged(NamedTuple):
    """Languages of one text with what langdetect said, where it was asked.

    The fields are the columns of text.text_languages.
    """

    language: str | None
    script: str | None
    languages: tuple[str, ...]
    second_language: str | None
    confidence: float | None
    is_certain: bool


def judged(text: str) -> Judged:
    """The languages of a text, and whether they may be relied on."""
    return judged_all([text])[0]


def judged_all(texts: Sequence[str]) -> list[Judged]:
    """What `judged` says of each text; many at once take far less time."""
    return list(map(_judged, texts, identify_all(texts)))


def _judged(text: str, found: Identified) -> Judged:
    confidence = found.confidence or 0.0
    second = second_language(plain(text)) if ASKED <= confidence < CERTAIN else None
    is_agreed = second is not None and second == found.language
    is_enough = found.word_count >= LEAST_WORDS or found.script in ONE_LANGUAGE
    return Judged(
        found.language,
        found.script,
        found.languages,
        second,
        found.confidence,
        is_enough and (confidence >= CERTAIN or is_agreed),
    )


class _Detector(Detector):  # type: ignore[misc]
    """langdetect's own, with arrays for lists: the same answers in less time."""

    def _init_probability(self) -> Vector:
        return np.full(len(self.langlist), 1 / len(self.langlist))

    def _update_lang_prob(self, prob: Vector, word: str, alpha: float) -> None:
        prob *= self.word_lang_prob_map[word] + alpha / self.BASE_FREQ

    def _normalize_prob(self, prob: Vector) -> float:
        prob /= prob.sum()
        return float(prob.max())


def second_language(words: str) -> str | None:
    """The language langdetect gives plain words; None where it knows no letter."""
    detector = _Detector(_factory())
    detector.n_trial = _TRIALS
    detector.append(words)
    try:
        name = str(detector.detect()).split("-")[0]
    except LangDetectException:
        return None
    return name if name in LANGUAGES else OTHER


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    factory.seed = 0  # langdetect draws at random; the same text, the same answer
    profiles = json.loads(gzip.decompress(PROFILES.read_bytes()))
    factory.load_json_profile([json.dumps(profile) for profile in profiles])
    shares = factory.word_lang_prob_map
    factory.word_lang_prob_map = {word: np.array(row) for word, row in shares.items()}
    return factory


@cache
def version() -> str:
    """What results depend on: model, profiles and method."""
    content = MODEL.read_bytes() + PROFILES.read_bytes()
    return f"{METHOD}-{sha256(content).hexdigest()[:12]}"
