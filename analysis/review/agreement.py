"""How far coders agree: Krippendorff's alpha with a bootstrap interval."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import krippendorff
import numpy as np
import numpy.typing as npt

from analysis.semantic.figures import Interval

RESAMPLES = 500
# Codebook 9.3 and 9.5.
FEWEST_TEXTS, FEWEST_POSITIVES = 200, 50
PUBLISH, TENTATIVE = 0.8, 0.667
UNKNOWN = Interval(math.nan, math.nan, math.nan)

Counts = npt.NDArray[np.int64]
Level = Literal["nominal", "ordinal"]


class Coded(NamedTuple):
    """The values of one variable on texts that at least two coders coded."""

    counts: Counts
    level: Level

    @property
    def texts_count(self) -> int:
        """How many texts at least two coders coded."""
        return len(self.counts)


def coded(values: Sequence[Sequence[str]], order: Sequence[str], level: Level) -> Coded:
    """Counts of each value in `order` per text; texts with one coder are left out."""
    place = {value: number for number, value in enumerate(order)}
    shared = [said for said in values if len(said) >= 2]
    counts = np.zeros((len(shared), len(order)), dtype=np.int64)
    for text, said in enumerate(shared):
        for value in said:
            counts[text, place[value]] += 1
    return Coded(counts, level)


def alpha(texts: Coded) -> Interval:
    """Alpha with a 95 % bootstrap interval over texts; nan where it is not defined.

    It is not defined where every coder gave every text the same value.
    """
    value = _alpha(texts.counts, texts.level)
    if math.isnan(value):
        return UNKNOWN
    size = texts.texts_count
    draws = np.random.default_rng(0).integers(0, size, (RESAMPLES, size))
    drawn = np.array([_alpha(texts.counts[rows], texts.level) for rows in draws])
    drawn = drawn[~np.isnan(drawn)]
    if len(drawn) < RESAMPLES / 2:
        return Interval(value, math.nan, math.nan)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Interval(value, float(low), float(high))


def _alpha(counts: Counts, level: Level) -> float:
    used = counts.sum(axis=0) > 0
    if used.sum() < 2:
        return math.nan
    return float(
        krippendorff.alpha(
            value_counts=counts[:, used],
            value_domain=np.flatnonzero(used).tolist(),
            level_of_measurement=level,
        )
    )


def raw_agreement(texts: Coded) -> float:
    """The share of pairs of coders, text by text, that gave the same value."""
    if not texts.texts_count:
        return math.nan
    coders = texts.counts.sum(axis=1)
    same = (texts.counts * (texts.counts - 1)).sum(axis=1) / (coders * (coders - 1))
    return float(same.mean())


def reliability(value: float, texts_count: int, positives_count: int) -> str:
    """What may be done with a variable of that alpha (codebook 9.5)."""
    if (
        math.isnan(value)
        or texts_count < FEWEST_TEXTS
        or positives_count < FEWEST_POSITIVES
    ):
        return "not established"
    if value >= PUBLISH:
        return "publish"
    return "tentative" if value >= TENTATIVE else "do not publish"
