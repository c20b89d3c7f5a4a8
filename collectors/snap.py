"""Snap political ads library: exact spend and impressions, targeting; no text.

One zip a year. Columns of 2018 to 2020 and of 2021 on; see collectors/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from collectors.ads import Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.file_plan import FileSettings, file_queries
from collectors.landing import LandedPage
from collectors.plan import Query
from collectors.protocol import Library, RawRecord, one_ad_each
from collectors.reading import (
    amount,
    country_code,
    hostname,
    measure,
    optional_text,
    required_text,
    target,
    whole_number,
)
from collectors.tables import csv_records, tables

NAME = "snap"
BASE_URL = "https://storage.googleapis.com/ad-manager-political-ads-dump/political"
FIRST_YEAR = 2018
# Postal addresses and names of persons stay in the raw file only.
IGNORED = frozenset(
    {
        "BillingAddress",
        "CandidateBallotInformation",
        "CommitteeName",
        "CommitteeIdentificationNumber",
        "DisclosureNameOfCommittee",
        "AdvertisingJurisdiction",
    }
)
# Column -> kind of targeting. A column is one choice: commas stand inside names too.
TARGETS = {
    "Gender": "gender",
    "AgeBracket": "age",
    "Interests": "interest",
    "OsType": "operating_system",
    "Segments": "segment",
    "Language": "language",
    "AdvancedDemographics": "demographic",
    "Targeting Connection Type": "connection",
    "Targeting Carrier (ISP)": "carrier",
}
PLACES = (
    "Regions",
    "Electoral Districts",
    "Radius Targeting",
    "Metros",
    "Postal Codes",
    "Location Categories",
)
_WEB_VIEW = re.compile(r"web_view_url:(\S+)")


@dataclass(frozen=True, kw_only=True)
class SnapSettings(FileSettings):
    """Files already saved; without any, the zips of the years asked for are fetched."""

    since: date = date(FIRST_YEAR, 1, 1)
    until: date | None = None
    base_url: str = BASE_URL


def _queries(settings: SnapSettings, until: date) -> list[Query]:
    years = range(settings.since.year, (settings.until or until).year + 1)
    sources = settings.files or [
        f"{settings.base_url}/{year}/PoliticalAds.zip" for year in years
    ]
    return file_queries(sources, "all ads of")


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    for table in tables(page.checked_path(), page.file_name):
        if table.base_name.endswith(".csv"):
            yield from csv_records(table)


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one row; takes what it reads out of `raw`.

    Raises:
        MissingField: a column that every year has is missing.
        UnreadableRecord: a value has an unknown form.
    """
    raw_id = required_text(raw, "ADID")
    country = optional_text(raw, "CountryCode")
    spend = amount(required_text(raw, "Spend"))
    impressions = whole_number(required_text(raw, "Impressions"))
    links = optional_text(raw, "CreativeUrl") or ""
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{raw_id}",
        "advertiser_id": None,
        "advertiser_name": optional_text(raw, "OrganizationName"),
        "funder": optional_text(raw, "PayingAdvertiserName"),
        "creative_urls": [url for url in map(str.strip, links.split(";")) if url]
        or None,
        "delivery_countries": [
            {
                "country_code": country_code(country),
                "reach_count": None,
                "delivery_share": None,
            }
        ]
        if country
        else None,
        "targeting": _targeting(raw),
        **measure("reach", None, None),
        **measure("impressions", impressions, impressions),
        **measure("audience_size", None, None),
        **measure("spend", spend, spend),
        "currency_code": optional_text(raw, "Currency Code"),
        "landing_domain": _landing(optional_text(raw, "CreativeProperties")),
        "library_url": None,
        "started_date": _day(raw, "StartDate"),
        "stopped_date": _day(raw, "EndDate"),
    }
    record["version_hash"] = version_hash(record)
    return record


def _landing(properties: str | None) -> str | None:
    """The host of the page that the ad opens."""
    found = _WEB_VIEW.search(properties or "")
    return hostname(found[1]) if found else None


def _targeting(raw: dict[str, Any]) -> list[dict[str, Any]] | None:
    chosen = [
        target(kind, value)
        for column, kind in TARGETS.items()
        if (value := optional_text(raw, column))
    ]
    for place in PLACES:
        for word, is_excluded in (("Included", False), ("Excluded", True)):
            if value := optional_text(raw, f"{place} ({word})"):
                kind = place.lower().replace(" ", "_")
                chosen.append(target("location", value, kind, is_excluded))
    return chosen or None


def _day(raw: dict[str, Any], column: str) -> date | None:
    """The UTC day of `2023/02/14 16:32:47Z`; the end may lie before the start."""
    stated = optional_text(raw, column)
    if stated is None:
        return None
    try:
        return datetime.strptime(stated, "%Y/%m/%d %H:%M:%SZ").date()
    except ValueError as error:
        raise UnreadableRecord(f"{column}: not a time: {stated!r:.40}") from error


def _raw_id(raw: dict[str, Any]) -> str | None:
    return raw.get("ADID")


LIBRARY = Library(
    name=NAME,
    settings=SnapSettings,
    queries=_queries,
    records=_records,
    rows=one_ad_each(ad),
    raw_id=_raw_id,
    ignored=IGNORED,
)
