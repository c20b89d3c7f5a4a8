"""Google political ads transparency bundle: spend and impression bands; no text.

One zip of CSV files, renewed weekly, or the CSV files of an old one. Columns are
found by name, so the vintages of 2018 to 2025 are all read; see collectors/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from collectors.file_plan import FileSettings, file_queries
from collectors.google_record import ADS_TABLE, IGNORED, SPEND_TABLES, ad, spend_rows
from collectors.landing import LandedPage
from collectors.plan import Query
from collectors.protocol import DatasetRow, Library, RawRecord
from collectors.tables import csv_records, tables

BUNDLE = (
    "https://storage.googleapis.com/political-csv/"
    "google-political-ads-transparency-bundle.zip"
)
_TABLE = "table"
# A prefix that people and browsers put before a file's own name.
_OWN_NAME = re.compile(r"(google-political-ads-[a-z-]+|[a-z_]+_id_mapping)")


@dataclass(frozen=True, kw_only=True)
class GoogleSettings(FileSettings):
    """Files already saved; without any, the bundle itself is fetched."""

    base_url: str = BUNDLE


def _queries(settings: GoogleSettings, until: date) -> list[Query]:
    sources = settings.files or (settings.base_url,)
    return file_queries(sources, "all ads of the bundle")


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    for table in tables(page.checked_path(), page.file_name):
        if not table.base_name.endswith(".csv"):
            continue  # README.txt
        found = _OWN_NAME.search(table.base_name)
        name = found[1] if found else table.base_name
        for record in csv_records(table):
            raw = {**record.raw, _TABLE: name} if record.problem is None else {}
            yield replace(record, raw=raw)


def _rows(record: RawRecord, query: Query) -> Iterator[DatasetRow]:
    raw = record.raw
    name = raw.pop(_TABLE)
    if name == ADS_TABLE:
        yield "ads", ad(raw)
    elif name in SPEND_TABLES:
        for row in spend_rows(name, raw):
            yield "spend", row
    else:
        # Lists of ids and legal names: kept in the raw file only, counted as parsed.
        raw.clear()


def _raw_id(raw: dict[str, str]) -> str | None:
    if raw.get(_TABLE) != ADS_TABLE:
        return None
    return f"{raw.get('Advertiser_ID')}/{raw.get('Ad_ID')}"


LIBRARY = Library(
    name="google",
    settings=GoogleSettings,
    queries=_queries,
    records=_records,
    rows=_rows,
    raw_id=_raw_id,
    ignored=IGNORED,
)
