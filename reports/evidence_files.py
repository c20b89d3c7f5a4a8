"""The flagged ads as files for other programs: evidence.csv and evidence.parquet.

The CSV is for eyes and spreadsheets: no cell is a formula, every hidden sign is shown.
The Parquet holds the words as the archive has them.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reports.clean import visible
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser, evidence, funder, is_named

LIST = pa.list_(pa.string())
MONEY = pa.decimal128(38, 2)
SCHEMA = pa.schema(
    [
        ("ad_id", pa.string()),
        ("text_hash", pa.string()),
        ("library", pa.string()),
        ("library_url", pa.string()),
        ("advertiser_id", pa.string()),
        ("advertiser_name", pa.string()),
        ("funder", pa.string()),
        ("language_code", pa.string()),
        ("quote", pa.string()),
        ("quote_words", LIST),
        ("translation", pa.string()),
        ("codes", LIST),
        ("severity", pa.int32()),
        ("flagged_by", pa.string()),
        ("rule_ids", LIST),
        ("threat_score", pa.float64()),
        ("audience_level", pa.int32()),
        ("audience_wording", pa.string()),
        ("audience_locus", pa.string()),
        ("audience_evidence", LIST),
        ("configuration", pa.string()),
        ("currency_code", pa.string()),
        ("spend_min", MONEY),
        ("spend_max", MONEY),
        ("impressions_min", pa.int64()),
        ("impressions_max", pa.int64()),
        ("is_reviewed", pa.bool_()),
        ("started_date", pa.date32()),
        ("stopped_date", pa.date32()),
        ("database_version", pa.string()),
        ("is_invented", pa.bool_()),
    ]
)
# What a spreadsheet may take for the beginning of a formula; `visible` has turned
# tabs and wide forms of these signs into others before.
FORMULA_STARTS = ("=", "+", "-", "@")


def write_evidence(edition: Edition) -> None:
    """Write both files into the edition's folder, one row per flagged ad."""
    rows = [record(ad, edition.facts) for ad in edition.ads]
    written = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(written, edition.folder / "evidence.parquet", compression="zstd")
    write_csv(rows, edition.folder / "evidence.csv")


def record(ad: Row, facts: Facts) -> Row:
    """One flagged ad as the files hold it; who is not named has no id either."""
    found = {name: ad.get(name) for name in SCHEMA.names}
    items = list(ad["audience_evidence"] or [])
    return {
        **found,
        "library_url": safe_url(ad["library_url"]) or None,
        "advertiser_id": ad["advertiser_id"] if is_named(ad, facts) else None,
        "advertiser_name": advertiser(ad, facts),
        "funder": funder(ad, facts),
        "audience_wording": facts.say.audience_sentence(ad["audience_level"], items),
        "audience_evidence": evidence(ad, facts),
        "database_version": facts.database_version,
        "is_invented": facts.is_invented,
    }


def write_csv(rows: list[Row], path: Path) -> None:
    """Write rows as CSV; the mark at the start tells spreadsheets that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(SCHEMA.names)
        writer.writerows([cell(row[name]) for name in SCHEMA.names] for row in rows)


def cell(value: Any) -> str:
    """A value as the text of a cell; unknown is empty, a text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal, date)):
        return str(value)
    if isinstance(value, list):
        value = "; ".join(value)
    text = visible(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
