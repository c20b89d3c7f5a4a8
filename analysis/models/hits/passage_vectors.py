"""hits.passage_vectors: the meaning of each passage of a longer text as a vector.

Grain: one row per text_hash, passage_number.
Reads: hits.passages.
Caveat: kept by the passage's own wording, whatever text it stands in.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.cache import cached
from analysis.semantic.embedding import VECTOR_SCHEMA, model_version, vector_table

ASKED = """
select distinct
    sha256(text.readable(wording)) as text_hash,
    text.readable(wording) as wording
from hits.passages
"""
PLACED = """
select
    passages.text_hash,
    passages.passage_number,
    passage_rows.vector
from hits.passages
inner join passage_rows
    on sha256(text.readable(passages.wording)) = passage_rows.text_hash
order by passages.text_hash, passages.passage_number
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Vector per passage, shape (384,), in steps; no passages, no vectors."""
    rows = VECTOR_SCHEMA.empty_table()
    if connection.execute("from hits.passages limit 1").fetchone():
        path = kept / "passage_vectors.parquet"
        rows = cached(
            connection, path, model_version(), VECTOR_SCHEMA, vector_table, ASKED
        )
    connection.register("passage_rows", rows)
    placed = connection.execute(PLACED).to_arrow_table()
    connection.unregister("passage_rows")
    return placed
