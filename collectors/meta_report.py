"""Meta Ad Library Report: spend by advertiser, region and place; no ads, no text.

A person saves the zips from facebook.com/ads/library/report; there is no API.
Forms seen 2018 to 2025, see collectors/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from collectors.errors import UnreadableRecord
from collectors.file_plan import FileSettings, file_queries
from collectors.landing import LandedPage
from collectors.plan import Query
from collectors.protocol import DatasetRow, Library, RawRecord
from collectors.reading import (
    amount,
    measure,
    optional_text,
    required_text,
    whole_number,
)
from collectors.tables import csv_records, tables

NAME = "meta_report"
PRESETS = "yesterday|last_7_days|last_30_days|last_90_days|lifelong"
# FacebookAdLibraryReport_2025-07-10_KZ_last_30_days_Akmola Region.csv, and as
# archives rename it: TR_2024-03-27_last_90_days_advertisers.csv
_NAMES = (
    re.compile(r"(?P<day>\d{4}-\d\d-\d\d)_(?P<country>[A-Z]{2})_(?P<rest>.+)"),
    re.compile(r"(?P<country>[A-Z]{2})_(?P<day>\d{4}-\d\d-\d\d)_(?P<rest>.+)"),
)
_REST = re.compile(rf"(?P<preset>{PRESETS})_(?P<part>.+)")
_AMOUNT = re.compile(r"amount_spent_(?P<currency>[a-z]{3})")
_MARKS = re.compile(r"[^a-z0-9]+")
# Columns that repackaged reports add; the file's name says the same.
IGNORED = frozenset({"date", "path", "tf", "cntry"})
_FACTS = "file"


@dataclass(frozen=True, kw_only=True)
class ReportSettings(FileSettings):
    """The zips or CSV files to bring in."""

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        return super().problem() if self.files else "files is missing: name the zips"


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    for table in tables(page.checked_path(), page.file_name):
        if not table.base_name.endswith(".csv"):
            continue  # README.txt
        facts = _file_facts(table.base_name)
        for record in csv_records(table):
            raw: dict[str, Any] = {_plain(k): v for k, v in record.raw.items()}
            yield replace(record, raw={**raw, _FACTS: facts} if raw else raw)


def _plain(header: str) -> str:
    """A column name of any year in one form: Amount Spent (USD), amount_spent_usd."""
    return _MARKS.sub("_", header.lower()).strip("_")


def _file_facts(name: str) -> dict[str, str] | None:
    """Day, country, period and part that a file's name tells; None if it does not."""
    for pattern in _NAMES:
        found = pattern.search(name.removesuffix(".csv"))
        if found and (rest := _REST.fullmatch(found["rest"])):
            return {**found.groupdict(), **rest.groupdict()}
    return None


def _rows(record: RawRecord, query: Query) -> Iterator[DatasetRow]:
    raw = record.raw
    facts = raw.pop(_FACTS, None)
    if facts is None:
        raise UnreadableRecord("the file's name tells no country and day")
    row: dict[str, Any] = {
        "library": NAME,
        "country_codes": [facts["country"]],
        "period_name": facts["preset"],
        "period_stopped_date": date.fromisoformat(facts["day"]),
    }
    column = next((key for key in raw if _AMOUNT.fullmatch(key)), "amount_spent")
    row |= _spend(required_text(raw, column))
    row["currency_code"] = column[-3:].upper()
    if "location_name" in raw:
        row["spend_kind"] = "location"
        row["region_name"] = optional_text(raw, "location_name")
        yield "spend", row
        return
    page_id = required_text(raw, "page_id")
    if not page_id.isdecimal():
        raise UnreadableRecord(f"'Page ID' is no number: {page_id!r:.40}")
    # Instagram accounts without a page all have the number 0 (seen 2025).
    row["advertiser_id"] = f"meta:{page_id}" if page_id.strip("0") else None
    row["advertiser_name"] = optional_text(raw, "page_name")
    row["funder"] = optional_text(raw, "disclaimer")
    count = optional_text(raw, "number_of_ads_in_library")
    row["ads_count"] = None if count is None else whole_number(count)
    is_whole = facts["part"] == "advertisers"
    row["spend_kind"] = "advertiser" if is_whole else "advertiser_region"
    row["region_name"] = None if is_whole else facts["part"]
    yield "spend", row


def _spend(stated: str) -> dict[str, Any]:
    """An amount, or `≤100`: up to a hundred."""
    if stated.startswith("≤"):
        return measure("spend", 0, amount(stated.removeprefix("≤").strip()))
    exact = amount(stated)
    return measure("spend", exact, exact)


LIBRARY = Library(
    name=NAME,
    settings=ReportSettings,
    queries=lambda settings, until: file_queries(settings.files, "report file"),
    records=_records,
    rows=_rows,
    raw_id=lambda raw: None,
    ignored=IGNORED,
)
