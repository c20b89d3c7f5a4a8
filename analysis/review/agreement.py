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
Distances = npt.NDArray[np.float64]
Scale = Literal["nominal", "ordinal"]
Level = Scale | Literal["sets"]


class Coded(NamedTuple):
    """The values of one variable on texts that at least two coders coded.

    Values that are sets have the distances between them in place of a level.
    """

    counts: Counts
    level: Scale | Distances

    @property
    def texts_count(self) -> int:
        """How many texts at least two coders coded."""
        return len(self.counts)


def coded(values: Sequence[Sequence[str]], order: Sequence[str], level: Level) -> Coded:
    """Counts of each value in `order` per text; texts with one coder are left out.

    A set is written as its members parted by blanks; sets need no `order`.
    """
    shared = [said for said in values if len(said) >= 2]
    if level == "sets":
        order = sorted({value for said in shared for value in said})
    place = {value: number for number, value in enumerate(order)}
    counts = np.zeros((len(shared), len(order)), dtype=np.int64)
    for text, said in enumerate(shared):
        for value in said:
            counts[text, place[value]] += 1
    return Coded(counts, set_distances(order) if level == "sets" else level)


def set_distances(order: Sequence[str]) -> Distances:
    """How far each set is from each other, from 0 (the same) to 1 (nothing shared).

    One less MASI (Passonneau 2006, "Measuring agreement on set-valued items"):
    Jaccard's likeness, times 2/3 where one holds the other, 1/3 where they overlap.
    """
    sets = [frozenset(value.split()) for value in order]
    return np.array([[_masi_distance(a, b) for b in sets] for a in sets])


def _masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    if one == other:
        return 0.0
    likeness = len(one & other) / len(one | other)
    return 1 - likeness * (2 / 3 if one <= other or other <= one else 1 / 3)


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


def _alpha(counts: Counts, level: Scale | Distances) -> float:
    used = counts.sum(axis=0) > 0
    if used.sum() < 2:
        return math.nan
    if isinstance(level, np.ndarray):
        return _alpha_of_sets(counts, level)
    return float(
        krippendorff.alpha(
            value_counts=counts[:, used],
            value_domain=np.flatnonzero(used).tolist(),
            level_of_measurement=level,
        )
    )


def _alpha_of_sets(counts: Counts, distances: Distances) -> float:
    """Krippendorff's alpha by distances that hang on no frequencies.

    The package gives the same (a test compares) but builds a square of all values for
    each text: two minutes where 5,000 texts have 64 sets, against six seconds.
    """
    coders = counts.sum(axis=1)
    observed = (((counts @ distances) * counts).sum(axis=1) / (coders - 1)).sum()
    said = counts.sum(axis=0)
    return float(1 - (said.sum() - 1) * observed / (said @ distances @ said))


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
