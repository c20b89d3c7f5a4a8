"""text.detected_languages: what langdetect says of texts whose words say nothing.

Grain: one row per text_hash.
Reads: text.language_evidence, text.texts.
Caveat: langdetect has no Azerbaijani and calls it Turkish, so its Turkish is not kept.
"""

from pathlib import Path

import duckdb
import pyarrow as pa
from langdetect import DetectorFactory, LangDetectException, detect_langs

UNDECIDED = """
select text_hash, wording
from text.texts
where letter_count >= 20
    and text_hash not in (select text_hash from text.language_evidence)
order by text_hash
"""
LEAST_PROBABILITY = 0.9
NOT_KEPT = frozenset({"tr"})
SCHEMA = pa.schema(
    [
        ("text_hash", pa.string()),
        ("language_code", pa.string()),
        ("language_probability", pa.float64()),
    ]
)


def table(connection: duckdb.DuckDBPyConnection, cache: Path) -> pa.Table:
    """Language and probability per text; no row where langdetect is not sure."""
    # langdetect draws at random; with a seed the same text gets the same answer.
    DetectorFactory.seed = 0
    rows = []
    for text_hash, wording in connection.sql(UNDECIDED).fetchall():
        try:
            best = detect_langs(wording.lower())[0]
        except LangDetectException:
            continue
        if best.prob >= LEAST_PROBABILITY and best.lang not in NOT_KEPT:
            rows.append((text_hash, best.lang, best.prob))
    return pa.table(list(zip(*rows, strict=True)) or [[], [], []], schema=SCHEMA)
