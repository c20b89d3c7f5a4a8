"""text.text_languages: the languages of each text, its script, and how sure they are.

Grain: one row per text_hash.
Reads: text.texts.
Caveat: one or two words, or names alone, say little: see is_language_certain.
"""

from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.cache import cached
from analysis.languages.opinion import judged_all, version
from analysis.workers import spread

# What text.texts must offer; analysis.cache reads it by the same names.
NEEDED = "select text_hash, wording from text.texts"
# Below, starting a process takes longer than the texts.
TEXTS_PER_WORKER = 10_000
# Words are worked out once for all texts at once, which take some 400 MB.
TEXTS_AT_ONCE = 100_000
SCHEMA = pa.schema(
    [
        ("text_hash", pa.string()),
        ("language_code", pa.string()),
        ("script_code", pa.string()),
        ("language_codes", pa.list_(pa.string())),
        ("second_language_code", pa.string()),
        ("language_confidence", pa.float64()),
        ("is_language_certain", pa.bool_()),
    ]
)


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Languages of all texts; those of unchanged texts come from the cache."""
    path = kept / "text_languages.parquet"
    return cached(connection, path, version(), SCHEMA, _rows, at_once=TEXTS_AT_ONCE)


def _rows(text_hashes: list[str], wordings: list[str]) -> pa.Table:
    found = chain.from_iterable(spread(judged_all, wordings, TEXTS_PER_WORKER))
    columns = zip(*found, strict=True)
    return pa.table([text_hashes, *columns], schema=SCHEMA)
