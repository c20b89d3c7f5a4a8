"""hits.passage_vectors: the meaning of each passage of a longer text as a vector.

Grain: one row per passage_hash.
Reads: hits.passages.
Caveat: kept in the same file as the vectors of whole texts.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.cache import cached
from analysis.semantic.embedding import VECTOR_SCHEMA, model_version, vector_table

ASKED = """
select distinct
    passage_hash as text_hash,
    text.readable(wording) as wording
from hits.passages
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Vector per passage, shape (384,), in steps; no passages, no vectors."""
    names = ["passage_hash", *VECTOR_SCHEMA.names[1:]]
    if connection.execute("from hits.passages limit 1").fetchone() is None:
        return VECTOR_SCHEMA.empty_table().rename_columns(names)
    path = kept / "text_vectors.parquet"
    rows = cached(connection, path, model_version(), VECTOR_SCHEMA, vector_table, ASKED)
    return rows.rename_columns(names)
