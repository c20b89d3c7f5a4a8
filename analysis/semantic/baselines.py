"""Simple detectors to hold ours against: text length, and character n-grams."""

import re
import zlib

import numpy as np
import numpy.typing as npt

from analysis.semantic.figures import f1
from analysis.semantic.labels import Label

BUCKETS = 2**13
Bools = npt.NDArray[np.bool_]
Array = npt.NDArray[np.float64]


def guesses(seen: list[Label], asked: list[Label]) -> dict[str, Bools]:
    """What each baseline, fitted on `seen`, flags among `asked`."""
    truth = np.array([label.is_threat for label in seen])
    return {
        "text length": _by_length(seen, truth, asked),
        "character n-grams (TF-IDF)": _by_n_grams(seen, truth, asked),
    }


def _by_length(seen: list[Label], truth: Bools, asked: list[Label]) -> Bools:
    lengths = np.array([len(label.text) for label in seen])
    best = max(np.unique(lengths), key=lambda least: f1(lengths >= least, truth))
    return np.array([len(label.text) >= best for label in asked])


def _by_n_grams(seen: list[Label], truth: Bools, asked: list[Label]) -> Bools:
    """Ridge regression on TF-IDF of hashed character 2- to 5-grams."""
    known, new = _counts(seen), _counts(asked)
    weight = np.log((1 + len(seen)) / (1 + (known > 0).sum(0))) + 1
    known, new = _unit(known * weight), _unit(new * weight)
    target = 2.0 * truth - 1
    bias = target.mean()
    votes = np.linalg.solve(known @ known.T + np.eye(len(seen)), target - bias)
    fitted = known @ (known.T @ votes) + bias
    best = max(
        np.quantile(fitted, np.linspace(0, 1, 200)),
        key=lambda least: f1(fitted >= least, truth),
    )
    flagged: Bools = new @ (known.T @ votes) + bias >= min(best, 0.0)
    return flagged


def _counts(labels: list[Label]) -> Array:
    counts = np.zeros((len(labels), BUCKETS), dtype=np.float32)
    for row, label in enumerate(labels):
        text = " " + re.sub(r"\s+", " ", label.text.lower()) + " "
        for size in (2, 3, 4, 5):
            for start in range(len(text) - size + 1):
                gram = text[start : start + size].encode()
                counts[row, zlib.crc32(gram) % BUCKETS] += 1
    found: Array = np.log1p(counts)
    return found


def _unit(rows: Array) -> Array:
    found: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return found
