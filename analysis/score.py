"""Score the texts of any CSV through the same SQL models that flag ads."""

import csv
import logging
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.texts import database_of_texts

log = logging.getLogger(__name__)

CACHE = Path("data/cache")
NEEDED = ("text_id", "text")
ADDED = (
    "language",
    "script",
    "score",
    "flag",
    "high",
    "review",
    "reported_threat",
    "by_az",
    "territorial_challenge",
    "codes",
    "voice",
    "direction",
    "severity",
    "evidence",
)
MODELS = (
    "flags.flag_examples",
    "flags.text_flags",
    "flags.evidence_words",
    "hits.text_scores",
    "text.ad_texts",
    "text.text_languages",
)
VERDICTS = """
with words as (
    select text_hash, string_agg(shown_word, ' ' order by position) as shown
    from flags.evidence_words group by text_hash
),
examples as (
    select text_hash, string_agg(label_id, ' ' order by example_rank) as labels
    from flags.flag_examples group by text_hash
)
select
    ad_texts.ad_id,
    text_languages.language_code,
    text_languages.script_code,
    text_scores.threat_score,
    coalesce(text_flags.is_threat, false),
    coalesce(text_flags.is_high, false),
    coalesce(text_flags.text_verdict = 'review', false),
    coalesce(text_flags.text_verdict = 'reported', false),
    coalesce(text_flags.text_verdict = 'by_az', false),
    coalesce(text_flags.text_verdict = 'challenge', false),
    array_to_string(text_flags.codes, ';'),
    text_flags.voice,
    text_flags.direction,
    text_flags.severity,
    concat_ws(
        '; ',
        'by ' || nullif(text_flags.flagged_by, 'neither'),
        'rules ' || nullif(array_to_string(text_flags.rule_ids, ' '), ''),
        'words ' || words.shown,
        'like ' || examples.labels
    )
from text.ad_texts
left join text.text_languages using (text_hash)
left join hits.text_scores using (text_hash)
left join flags.text_flags using (text_hash)
left join words using (text_hash)
left join examples using (text_hash)
"""


def score_file(source: Path, target: Path) -> int:
    """Write `source` with the verdict on each text added; the number of rows.

    `source` is a UTF-8 CSV with `text_id` and `text`; its other columns are carried
    through and never read. A text without words has an empty verdict.

    Raises:
        AnalysisError: a column is missing, an id is used twice, or the file is no CSV.
    """
    columns, rows = _rows(source)
    texts = {row["text_id"]: row["text"] for row in rows if row["text"].strip()}
    with database_of_texts(texts, MODELS, CACHE) as connection:
        found = {row[0]: row[1:] for row in connection.execute(VERDICTS).fetchall()}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, *ADDED])
        for row in rows:
            said = found.get(row["text_id"], ("",) * len(ADDED))
            writer.writerow([*row.values(), *map(_written, said)])
    return len(rows)


def _rows(source: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = list(reader.fieldnames or [])
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise AnalysisError(f"{source}: not a UTF-8 CSV file: {error}") from error
    for column in NEEDED:
        if column not in columns:
            raise AnalysisError(f"{source}: has no column '{column}'")
    if clash := set(columns) & set(ADDED):
        raise AnalysisError(f"{source}: rename the columns {', '.join(sorted(clash))}")
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise AnalysisError(f"{source} record {line}: wrong number of values")
        if row["text_id"] in seen:
            raise AnalysisError(f"{source} record {line}: {row['text_id']} comes twice")
        seen.add(row["text_id"])
    return columns, rows


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
