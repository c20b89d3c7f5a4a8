"""marts.review_quality: how far coders agree, and how often the program is right.

Grain: one row per group_name, review_variable, review_measure.
Reads: flags.text_flags, flags.text_reviews, staging.review_decisions,
text.text_languages.
Caveat: on the texts that people reviewed; null is not known, and reliability says
whether an alpha may be published at all.
"""

import math
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.review.quality import Coding, Outcome, figures

CODINGS = """
select
    review_decisions.coder_id,
    review_decisions.text_hash,
    coalesce(text_languages.language_code, 'other'),
    review_decisions.review_pass,
    review_decisions.review_round,
    review_decisions.queue,
    coalesce(review_decisions.stratum, ''),
    coalesce(review_decisions.stratum_texts_count, 0),
    coalesce(review_decisions.negative_class, ''),
    {
        'flag': review_decisions.decision,
        'voice': review_decisions.voice,
        'direction': review_decisions.direction,
        'target': review_decisions.threat_target,
        'severity': cast(review_decisions.severity as varchar),
        'codes': array_to_string(review_decisions.codes, ' ')
    }
from staging.review_decisions
left join text.text_languages
    on review_decisions.text_hash = text_languages.text_hash
where not review_decisions.is_withdrawn
order by review_decisions.text_hash, review_decisions.decision_id
"""
OUTCOMES = """
select
    text_reviews.text_hash,
    coalesce(text_languages.language_code, 'other'),
    text_reviews.review_outcome,
    coalesce(text_flags.is_threat, false)
from flags.text_reviews
left join text.text_languages
    on text_reviews.text_hash = text_languages.text_hash
left join flags.text_flags
    on text_reviews.text_hash = text_flags.text_hash
order by text_reviews.text_hash
"""
SCHEMA = pa.schema(
    [
        ("group_name", pa.string()),
        ("review_variable", pa.string()),
        ("review_measure", pa.string()),
        ("review_value", pa.float64()),
        ("review_low", pa.float64()),
        ("review_high", pa.float64()),
        ("texts_count", pa.int64()),
        ("positives_count", pa.int64()),
        ("coders_count", pa.int64()),
        ("reliability", pa.string()),
    ]
)


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """The figures of the reviews in the database; none before any review."""
    codings = [Coding(*row) for row in connection.execute(CODINGS).fetchall()]
    outcomes = [Outcome(*row) for row in connection.execute(OUTCOMES).fetchall()]
    rows = [
        [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row]
        for row in figures(codings, outcomes)
    ]
    return pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA
    )
