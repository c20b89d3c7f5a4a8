"""The fastText model, run with numpy: many texts at once, each word worked out once.

To fastText a text is the mean of the vectors of its words and of their letter n-grams,
so what a word adds is the same in every text. The answers are the library's own; a test
compares them.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("model.ftz")
Vectors = NDArray[np.float32]
# Words worked out in one go: more are no faster and take more memory.
_TOGETHER = 5_000
_SOFTMAX, _CODES = 3, 256


@dataclass(frozen=True)
class Model:
    """A file of fastText.

    The last column of `rows` is 1, to count; the last row is 0, for what has none.
    """

    labels: list[str]
    words: dict[str, int]
    rows: Vectors
    ngram_rows: NDArray[np.int32]
    longest: int
    output: Vectors


@cache
def model() -> Model:
    """The model that is shipped.

    Raises:
        ValueError: it was trained in a way that this module does not know.
    """
    file = BytesIO(MODEL.read_bytes())
    *_, gram_words, loss, _, buckets, least, longest, _, _ = _take(file, "14id")
    size, word_count, _, _, pruned_count = _take(file, "3i2q")
    if (gram_words, loss, least) != (1, _SOFTMAX, 1) or pruned_count < 1:
        raise ValueError(f"{MODEL.name}: word n-grams, loss, letters or pruning differ")
    names = [_name(file) for _ in range(size)]
    ngram_rows = np.full(buckets, -1, np.int32)
    places = _array(file, "<i4", 2 * pruned_count).reshape(-1, 2)
    ngram_rows[places[:, 0]] = word_count + places[:, 1]
    rows = _quantised(file)
    _, height, width = _take(file, "?2q")
    return Model(
        [name.removeprefix("__label__") for name in names[word_count:]],
        {name: number for number, name in enumerate(names[:word_count])},
        np.pad(np.pad(rows, ((0, 0), (0, 1)), constant_values=1), ((0, 1), (0, 0))),
        ngram_rows,
        longest,
        _array(file, "<f4", height * width).reshape(height, width),
    )


def _take(file: BytesIO, form: str) -> tuple[int, ...]:
    return struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))


def _array(file: BytesIO, kind: str, count: int) -> NDArray[Any]:
    return np.frombuffer(file.read(count * np.dtype(kind).itemsize), kind)


def _name(file: BytesIO) -> str:
    """The next word or label; its frequency and kind follow."""
    content, start = file.getvalue(), file.tell()
    end = content.index(b"\0", start)
    file.seek(end + 1 + struct.calcsize("<qb"))
    return content[start:end].decode()


def _quantised(file: BytesIO) -> Vectors:
    """Rows kept as codes of their pairs of numbers and of their length."""
    _, _, height, _, code_count = _take(file, "2?2qi")
    codes = _array(file, "u1", code_count).reshape(height, -1)
    pairs = _centroids(file)
    lengths = _array(file, "u1", height)
    norms = _centroids(file)[0, lengths]
    rows = [pairs[number, column] for number, column in enumerate(codes.T)]
    found: Vectors = np.hstack(rows) * norms
    return found


def _centroids(file: BytesIO) -> Vectors:
    width, parts, *_ = _take(file, "4i")
    found = _array(file, "<f4", width * _CODES)
    return found.reshape(parts, _CODES, -1)


def word_sums(words: Sequence[str]) -> Vectors:
    """What each word adds to a text: the sum of its rows, and how many they are."""
    starts = range(0, len(words), _TOGETHER)
    parts = [_sums(model(), words[start : start + _TOGETHER]) for start in starts]
    return np.concatenate([model().rows[:0], *parts])


def _sums(known: Model, words: Sequence[str]) -> Vectors:
    """The rows of each word and of its n-grams, < and > at its ends, added up."""
    ends = np.fromiter(accumulate(len(word) + 2 for word in words), int, len(words))
    firsts = np.concatenate([[0], ends[:-1]])
    end_of_letter = np.repeat(ends, ends - firsts)
    sums = known.rows.take([known.words.get(word, -1) for word in words], axis=0)
    hashes = _hashes("".join(f"<{word}>" for word in words), known.longest)
    for length, hashed in enumerate(hashes, 1):
        rows = known.ngram_rows[hashed % len(known.ngram_rows)]
        rows[np.arange(len(rows)) + length > end_of_letter] = -1
        if length == 1:  # < and > alone are no n-grams
            rows[firsts] = rows[ends - 1] = -1
        sums += np.add.reduceat(known.rows.take(rows, axis=0), firsts)
    return sums


def _hashes(text: str, longest: int) -> Iterable[NDArray[np.uint32]]:
    """For 1, 2 ... letters: the hash (FNV-1a of UTF-8) of those from each letter on."""
    spelled = text.encode("utf-8", "surrogatepass") + bytes(longest)
    # fastText takes bytes for signed.
    signed = np.frombuffer(spelled, np.int8)
    codes = signed.astype(np.int32).view(np.uint32)
    is_further = signed < -64  # the second, third ... byte of a letter
    places = np.flatnonzero(~is_further[:-longest])
    hashed = np.full(len(places), 2166136261, np.uint32)
    for _ in range(longest):
        hashed = (hashed ^ codes[places]) * np.uint32(16777619)
        places += 1
        while len(further := np.flatnonzero(is_further[places])):
            hashed[further] ^= codes[places[further]]
            hashed[further] *= np.uint32(16777619)
            places[further] += 1
        yield hashed


def label_shares(sums: Vectors, firsts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Probability of each label for each text, given what its words add.

    A text has one word or more; `firsts` are the places of their first ones.
    """
    known = model()
    totals = np.add.reduceat(sums, firsts) + known.rows[known.words["</s>"]]
    # In double precision, so that an answer hangs on no other text beside it.
    vectors = (totals[:, :-1] / totals[:, -1:]).astype(float)
    scores = product(vectors, known.output.T.astype(float))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
    return found


def product(
    left: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Matrix product on this core alone: @ would wake the others for too little."""
    found: NDArray[np.float64] = np.einsum("ij,jk->ik", left, right)
    return found
