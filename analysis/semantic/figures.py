"""Measures of a detector, with 95 % intervals."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Z = 1.959964
RESAMPLES = 1000


class Interval(NamedTuple):
    """A value and its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(part: int, whole: int) -> Interval:
    """The share `part` of `whole` with Wilson's interval; nan where whole is 0."""
    if not whole:
        return Interval(math.nan, math.nan, math.nan)
    share = part / whole
    middle = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    spread = Z * math.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    spread /= 1 + Z**2 / whole
    # Rounding must not put the share outside its interval.
    low, high = min(share, middle - spread), max(share, middle + spread)
    return Interval(share, max(0.0, low), min(1.0, high))


def f1(flagged: Bools, truth: Bools) -> float:
    """F1 of the flags; 0 where nothing is flagged and nothing true."""
    total = int(flagged.sum() + truth.sum())
    return 2 * int((flagged & truth).sum()) / total if total else 0.0


def f1_interval(flagged: Bools, truth: Bools) -> Interval:
    """F1 with a percentile bootstrap interval over texts, seeded."""
    draws = np.random.default_rng(0).integers(0, len(truth), (RESAMPLES, len(truth)))
    drawn = [f1(flagged[rows], truth[rows]) for rows in draws]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Interval(f1(flagged, truth), float(low), float(high))


def average_precision(score: npt.NDArray[np.float64], truth: Bools) -> float:
    """Area under the precision-recall steps; ties in the order of the texts."""
    order = np.argsort(-score, kind="stable")
    right = truth[order]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return round(float((precision * right).sum() / max(1, right.sum())), 4)
