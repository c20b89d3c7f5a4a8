"""hits.passage_scores: how much each passage is like labelled threats, reports.

Grain: one row per text_hash, passage_number.
Reads: hits.passage_points, staging.semantic_centres, staging.semantic_model.
Caveat: passage 0 is the whole text; a passage alone may leave out who says it.
"""

from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from analysis.cache import cached
from analysis.semantic.kernel import Array, Points, scores

# Points compared at once with 10,400 labelled ones: some 200 MB.
AT_ONCE = 500
CENTRES = "select * from staging.semantic_centres"
MODEL = "select * from staging.semantic_model"
VERSION = """
select sum(hash(centre)), (select hash(model) from staging.semantic_model as model)
from staging.semantic_centres as centre
"""
# A point is kept by what it is, whatever text it is of.
ASKED = """
select distinct
    cast(hash(vector, concept_mask) as varchar) as text_hash,
    struct_pack(vector, concept_mask) as wording
from hits.passage_points
semi join staging.semantic_model using (model_version)
"""
PLACED = """
select
    passage_points.text_hash,
    passage_points.passage_number,
    point_scores.* exclude (text_hash)
from hits.passage_points
semi join staging.semantic_model using (model_version)
inner join point_scores
    on cast(hash(vector, concept_mask) as varchar) = point_scores.text_hash
"""


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """A score of each passage for each head that the centres have weights for."""
    centres = connection.execute(CENTRES).to_arrow_table()
    model = connection.execute(MODEL).to_arrow_table()
    ends = [name for name in centres.column_names if name.endswith("_weight")]
    heads = [name.removesuffix("_weight") for name in ends]
    schema = pa.schema(
        [
            ("text_hash", pa.string()),
            *((f"{head}_score", pa.float64()) for head in heads),
        ]
    )
    compute = partial(
        score_table,
        schema,
        Points(
            np.stack(centres["vector"].to_numpy()),
            centres["concept_mask"].to_numpy(),
        ),
        np.array([centres[end].to_numpy() for end in ends], dtype=np.float64).T,
        np.array([model[f"{head}_bias"][0].as_py() for head in heads]),
    )
    version = str(connection.execute(VERSION).fetchall())
    path = kept / "passage_scores.parquet"
    rows = cached(connection, path, version, schema, compute, ASKED)
    connection.register("point_scores", rows)
    placed = connection.execute(PLACED).to_arrow_table()
    connection.unregister("point_scores")
    return placed


def score_table(
    schema: pa.Schema,
    centres: Points,
    weight: Array,
    bias: Array,
    hashes: list[str],
    rows: list[dict[str, Any]],
) -> pa.Table:
    """Scores of some points, to four decimals."""
    asked = Points(
        np.array([row["vector"] for row in rows], dtype=np.int8),
        np.array([row["concept_mask"] for row in rows], dtype=np.uint64),
    )
    parts = [
        scores(asked[start : start + AT_ONCE], centres, weight, bias)
        for start in range(0, len(rows), AT_ONCE)
    ]
    rounded = np.round(np.concatenate(parts), 4)
    return pa.table([pa.array(hashes), *map(pa.array, rounded.T)], schema=schema)
