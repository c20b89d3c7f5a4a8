"""hits.passage_vectors: the meaning of each passage of a longer text as a vector.

Grain: one row per text_hash, passage_number.
Reads: hits.passages.
Caveat: kept by text, so a text that is cut otherwise than before is computed anew.
"""

from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from analysis.cache import cached
from analysis.semantic.embedding import model_version, vectors_of

# One row per text, as all that is kept: the vectors of its passages, end to end.
SCHEMA = pa.schema([("text_hash", pa.string()), ("steps", pa.list_(pa.int8()))])
# Stands between the passages of a text; text.evened leaves none in a text.
MARK = "\x1f"
ASKED = """
select
    text_hash,
    string_agg(text.readable(wording), chr(31) order by passage_number) as wording
from hits.passages
group by text_hash
"""
PLACED = """
select
    passages.text_hash,
    passages.passage_number,
    passage_rows.steps[
        (passages.passage_number - 1) * 384 + 1
        :passages.passage_number * 384
    ]::tinyint[384] as vector
from hits.passages
inner join passage_rows
    on passages.text_hash = passage_rows.text_hash
order by passages.text_hash, passages.passage_number
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Vector per passage, shape (384,), in steps; no passages, no vectors."""
    rows = SCHEMA.empty_table()
    if connection.execute("from hits.passages limit 1").fetchone():
        version = f"{model_version()} {_cut_version()}"
        path = kept / "passage_vectors.parquet"
        rows = cached(connection, path, version, SCHEMA, _rows, ASKED)
    connection.register("passage_rows", rows)
    placed = connection.execute(PLACED).to_arrow_table()
    connection.unregister("passage_rows")
    return placed


def _cut_version() -> str:
    """A hash of what says how texts are cut into passages."""
    here = Path(__file__)
    cut_by = (here.with_name("passages.sql"), here.parents[2] / "macros" / "text.sql")
    return sha256(b"".join(path.read_bytes() for path in cut_by)).hexdigest()


def _rows(text_hashes: list[str], joined: list[str]) -> pa.Table:
    passages = [wording.split(MARK) for wording in joined]
    vectors = vectors_of([passage for text in passages for passage in text])
    ends = np.cumsum([len(text) for text in passages])
    parts = np.split(vectors, ends[:-1])
    steps = [part.reshape(-1) for part in parts]
    return pa.table({"text_hash": text_hashes, "steps": steps}, schema=SCHEMA)
