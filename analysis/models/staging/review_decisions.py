"""staging.review_decisions: what each coder decided on each text, as they said it.

Grain: one row per decision_id.
Reads: reviews/decisions-*.csv, seeds/sample_archive/reviews/decisions-*.csv,
staging.archives.
Caveat: by text hash: a decision holds while the wording stands; none is deleted. An
invented archive in which nobody decided yet shows the decisions of invented coders.
"""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.review.decisions import Decision
from analysis.review.files import read_decisions

# What is read, for the header above; it is read below line by line, so that a value
# that the codebook does not have is refused with its place.
FILES = """
select * from read_csv([
    'reviews/decisions-*.csv', 'seeds/sample_archive/reviews/decisions-*.csv'
])
"""
IS_INVENTED = "select is_invented from staging.archives"
SAMPLE = Path(__file__).parents[3] / "seeds" / "sample_archive"
SCHEMA = pa.schema(
    [
        ("decision_id", pa.string()),
        ("coder_id", pa.string()),
        ("text_hash", pa.string()),
        ("review_pass", pa.string()),
        ("queue", pa.string()),
        ("stratum", pa.string()),
        ("codes", pa.list_(pa.string())),
        ("voice", pa.string()),
        ("polarity", pa.string()),
        ("direction", pa.string()),
        ("threat_target", pa.string()),
        ("decision", pa.string()),
        ("negative_class", pa.string()),
        ("review_note", pa.string()),
        ("translation", pa.string()),
        ("codebook_version", pa.string()),
        ("review_round", pa.int32()),
        ("stratum_texts_count", pa.int64()),
        ("severity", pa.int32()),
        ("coder_confidence", pa.int32()),
        ("is_withdrawn", pa.bool_()),
        ("decided_at", pa.timestamp("us")),
    ]
)


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """The decisions of the archive that `kept` belongs to; none before any review."""
    rows = [
        {
            **{name: value or None for name, value in asdict(decision).items()},
            "codes": list(decision.codes),
            "severity": decision.severity,
            "is_withdrawn": decision.is_withdrawn,
            "decided_at": datetime.fromisoformat(decision.decided_at.rstrip("Z")),
        }
        for decision in decisions(connection, kept.parent)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def decisions(connection: duckdb.DuckDBPyConnection, archive: Path) -> list[Decision]:
    """What people decided in the archive.

    Invented decisions are shown only where the ads are invented too, and give way to
    the first of a person, so that the two are never counted together.
    """
    made = read_decisions(archive)
    if not made and connection.execute(IS_INVENTED).fetchall() == [(True,)]:
        return read_decisions(SAMPLE)
    return made
