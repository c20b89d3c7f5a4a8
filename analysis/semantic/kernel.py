"""Kernel ridge regression: a text's score is a vote of labelled texts by likeness.

likeness(x, y) = exp(-reach * |vx - vy|^2 - weight * concepts x and y differ in)
score(x)       = bias + sum over labelled texts of likeness(x, text) * its weight

The weights have a closed form, so training is exact, quick and repeats to the bit. A
build scores with the same functions (hits.passage_scores); SQL has the first line, as
`text.likeness`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.semantic.embedding import STEP, Vectors

Array = npt.NDArray[np.float64]
Masks = npt.NDArray[np.uint64]

# Chosen by cross-validation over the training labels, and so that ordinary comments
# are hardly ever flagged; see EVALUATION.md and seeds/labels/README.md.
VECTOR_REACH = 5.0
CONCEPT_WEIGHT = 0.07
RIDGE = 0.03


@dataclass(frozen=True)
class Points:
    """Texts as the kernel sees them: vectors in steps, and concepts as bits."""

    vectors: Vectors
    masks: Masks

    def __getitem__(self, rows: npt.NDArray[np.bool_] | slice) -> "Points":
        """The points of some rows."""
        return Points(self.vectors[rows], self.masks[rows])


def likeness(one: Points, other: Points) -> Array:
    """Likeness of every text of `one` to every text of `other`, from 0 to 1."""
    # Whole steps of unit vectors: their products are whole numbers below 2 ** 24, which
    # float32 holds exactly, and multiplies twice as fast.
    a, b = one.vectors.astype(np.float32), other.vectors.astype(np.float32)
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    differing = np.bitwise_count(one.masks[:, None] ^ other.masks[None])
    near: Array = np.exp(
        -VECTOR_REACH * STEP**2 * squared.astype(np.float64)
        - CONCEPT_WEIGHT * differing
    )
    return near


def weights(points: Points, targets: Array) -> tuple[Array, Array]:
    """Weights (texts x heads) and biases (heads) for targets of -1 and 1."""
    bias = targets.mean(axis=0)
    matrix = likeness(points, points) + RIDGE * np.eye(len(points.masks))
    return np.linalg.solve(matrix, targets - bias), bias


def scores(asked: Points, centres: Points, weight: Array, bias: Array) -> Array:
    """Scores (texts x heads) of the texts asked for."""
    return likeness(asked, centres) @ weight + bias
