"""A second opinion where the model is unsure: langdetect with profiles that know az.

langdetect as shipped has no Azerbaijani and calls it Turkish. Its method is another
one (naive Bayes over letter triples), so where both agree the answer is safer.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from langdetect import LangDetectException
from langdetect.detector_factory import DetectorFactory

from analysis.languages.identify import (
    LANGUAGES,
    ONE_LANGUAGE,
    OTHER,
    Identified,
    identify,
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
# Texts identified at once: more are no faster and take more memory.
_TOGETHER = 500


@dataclass(frozen=True)
class Judged(Identified):
    """Languages of one text with what langdetect said, where it was asked."""

    second_language: str | None
    is_certain: bool


def judged(text: str) -> Judged:
    """The languages of a text, and whether they may be relied on."""
    return _judged(text, identify(text))


def _judged(text: str, found: Identified) -> Judged:
    confidence = found.confidence or 0.0
    second = second_language(plain(text)) if ASKED <= confidence < CERTAIN else None
    is_agreed = second is not None and second == found.language
    is_enough = found.word_count >= LEAST_WORDS or found.script in ONE_LANGUAGE
    return Judged(
        found.language,
        found.script,
        found.confidence,
        found.languages,
        found.word_count,
        second,
        is_enough and (confidence >= CERTAIN or is_agreed),
    )


def judged_all(texts: Sequence[str]) -> Iterator[Judged]:
    """What `judged` says of each text; many at once take far less time."""
    for start in range(0, len(texts), _TOGETHER):
        together = texts[start : start + _TOGETHER]
        yield from map(_judged, together, identify_all(together))


def judgements(texts: Sequence[str]) -> list[tuple[object, ...]]:
    """What `judged` says of each text, as text.text_languages has its columns."""
    return [
        (
            found.language,
            found.script,
            list(found.languages),
            found.second_language,
            found.confidence,
            found.is_certain,
        )
        for found in judged_all(texts)
    ]


def second_language(words: str) -> str | None:
    """The language langdetect gives plain words; None where it knows no letter."""
    detector = _factory().create()
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
    return factory


@cache
def version() -> str:
    """What results depend on: model, profiles and method."""
    content = MODEL.read_bytes() + PROFILES.read_bytes()
    return f"{METHOD}-{sha256(content).hexdigest()[:12]}"
