"""Rows of Google's bundle as ad records and as spend.

Forms seen in the bundles of 2018, 2019, 2020 and 2025; see collectors/README.md.
"""

import re
from collections.abc import Iterator
from typing import Any

from collectors.ads import Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.reading import (
    amount,
    measure,
    optional_date,
    optional_text,
    required_text,
    target,
    whole_number,
)

NAME = "google"
ADS_TABLE = "google-political-ads-creative-stats"
SPEND_TABLES = {
    "google-political-ads-advertiser-stats": "advertiser",
    "google-political-ads-advertiser-weekly-spend": "advertiser_week",
    "google-political-ads-advertiser-geo-spend": "advertiser_region",
    "google-political-ads-geo-spend": "location",
    "google-political-ads-top-keywords-history": "keyword",
}
FORMATS = {"text": "text", "image": "image", "video": "video"}
EVERYONE = "Not targeted"
MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}
# The same money in other currencies is Google's own conversion, never to be added up.
CURRENCIES = [
    "USD",
    "EUR",
    "GBP",
    "INR",
    "BGN",
    "HRK",
    "CZK",
    "DKK",
    "HUF",
    "PLN",
    "RON",
    "SEK",
    "NZD",
    "ILS",
    "AUD",
    "TWD",
    "BRL",
    "ARS",
    "ZAR",
    "CLP",
    "MXN",
]
IGNORED = frozenset(
    {
        "Ad_Campaigns_List",
        "Num_of_Days",
        "First_Served_Timestamp",
        "Last_Served_Timestamp",
        "Is_Funded_By_Google_Ad_Grants",
        "Public_IDs_List",
        "Elections",
        "Election_Cycle",
        "Congressional_District",
        *(f"Spend_Range_{end}_{code}" for end in ("Min", "Max") for code in CURRENCIES),
        *(f"Spend_{code}" for code in CURRENCIES),
    }
)
_STEP = r"(\d[\d,]*(?:\.\d+)?)\s*([kKmM]?)"
_BAND = re.compile(rf"{_STEP}\s*[-–—]\s*{_STEP}")
_BOUND = re.compile(rf"([≤<≥>]=?)?\s*{_STEP}\+?")
KEYWORDS_PER_ROW = 6


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one row of creative-stats; takes what it reads out of `raw`.

    An ad id alone is not unique: one ad may have several advertisers.

    Raises:
        MissingField: an id column is missing.
        UnreadableRecord: a value has an unknown form.
    """
    raw_id, advertiser = (
        required_text(raw, "Ad_ID"),
        required_text(raw, "Advertiser_ID"),
    )
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{advertiser}/{raw_id}",
        "advertiser_id": f"{NAME}:{advertiser}",
        "advertiser_name": optional_text(raw, "Advertiser_Name"),
        "funder": None,
        "ad_format": _format(optional_text(raw, "Ad_Type")),
        "status": None,
        "delivery_countries": _countries(optional_text(raw, "Regions")),
        "targeting": _targeting(raw),
        **measure("reach", None, None),
        **band("impressions", optional_text(raw, "Impressions")),
        **measure("audience_size", None, None),
        **_spend(raw),
        "library_url": optional_text(raw, "Ad_URL"),
        "started_date": _day(raw, "Date_Range_Start"),
        "stopped_date": _day(raw, "Date_Range_End"),
    }
    record["version_hash"] = version_hash(record)
    return record


def band(name: str, stated: str | None) -> Ad:
    """A band as Google has written it: `≤ 10k`, `10k-100k`, `6000-7000`, `≥10000000`.

    Plain numbers occur too and are exact.
    """
    if stated is None:
        return measure(name, None, None)
    if found := _BAND.fullmatch(stated):
        return measure(name, _step(*found.groups()[:2]), _step(*found.groups()[2:]))
    found = _BOUND.fullmatch(stated)
    if not found:
        raise UnreadableRecord(f"{name}: unknown band {stated!r:.40}")
    sign, number = found[1] or "", _step(found[2], found[3])
    if sign[:1] in ("≤", "<"):
        return measure(name, 0, number)
    if sign or stated.endswith("+"):
        return measure(name, number, None)
    return measure(name, number, number)


def _step(digits: str | Any, multiple: str | Any) -> Any:
    return amount(digits.replace(",", "")) * MULTIPLES[multiple.lower()]


def _format(stated: str | None) -> str | None:
    if stated is None:
        return None
    if stated.lower() not in FORMATS:
        raise UnreadableRecord(f"unknown Ad_Type {stated!r:.40}")
    return FORMATS[stated.lower()]


def _countries(stated: str | None) -> list[dict[str, Any]] | None:
    """`EU, DE` as country codes; EU stands for ads shown in several of its states."""
    codes = [code.strip() for code in (stated or "").split(",") if code.strip()]
    return [
        {"country_code": code, "reach_count": None, "delivery_share": None}
        for code in codes
    ] or None


def _targeting(raw: dict[str, Any]) -> list[dict[str, Any]] | None:
    chosen = [
        target(kind, value.strip())
        for kind, column in (("age", "Age_Targeting"), ("gender", "Gender_Targeting"))
        for value in (_chosen(raw, column) or "").split(",")
        if value.strip()
    ]
    # Commas also stand inside place names, so a list of places stays one value.
    for column, is_excluded in (
        ("Geo_Targeting_Included", False),
        ("Geo_Targeting_Excluded", True),
    ):
        if places := _chosen(raw, column):
            chosen.append(target("location", places, is_excluded=is_excluded))
    return chosen or None


def _chosen(raw: dict[str, Any], column: str) -> str | None:
    value = optional_text(raw, column)
    return None if value == EVERYONE else value


def _spend(raw: dict[str, Any]) -> Ad:
    """Bounds in the first currency that has any, US dollars first.

    An empty upper bound is the open top band. Until 2020 Spend_USD held the band.
    """
    for code in CURRENCIES:
        low = optional_text(raw, f"Spend_Range_Min_{code}")
        high = optional_text(raw, f"Spend_Range_Max_{code}")
        if low is not None:
            bounds = amount(low), None if high is None else amount(high)
            return {**measure("spend", *bounds), "currency_code": code}
    stated = optional_text(raw, "Spend_USD")
    return {**band("spend", stated), "currency_code": "USD" if stated else None}


def _day(raw: dict[str, Any], column: str) -> Any:
    return (
        optional_date(raw, column) if raw.get(column) else raw.pop(column, None) or None
    )


def spend_rows(table: str, raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The spend rows of one row of a bundle table that has no ads.

    Raises:
        MissingField: the table lacks a column it always had.
        UnreadableRecord: a value has an unknown form.
    """
    kind = SPEND_TABLES[table]
    row: dict[str, Any] = {"library": NAME, "spend_kind": kind}
    if kind == "keyword":
        yield from _keyword_rows(row, raw)
        return
    if kind != "location":
        row["advertiser_id"] = f"{NAME}:{required_text(raw, 'Advertiser_ID')}"
        row["advertiser_name"] = optional_text(raw, "Advertiser_Name")
    count = optional_text(raw, "Total_Creatives")
    row["ads_count"] = None if count is None else whole_number(count)
    regions = optional_text(raw, "Regions") or optional_text(raw, "Country") or ""
    # The bundle of 2018 is about the United States: State holds US-AK.
    state = optional_text(raw, "State")
    codes = [code.strip() for code in regions.split(",") if code.strip()]
    row["country_codes"] = codes or ([state[:2]] if state else None)
    places = (
        state,
        optional_text(raw, "Country_Subdivision_Primary"),
        optional_text(raw, "Country_Subdivision_Secondary"),
    )
    row["region_name"] = " / ".join(filter(None, places)) or None
    row["period_started_date"] = _day(raw, "Week_Start_Date")
    yield row | _reported_spend(raw)


def _reported_spend(raw: dict[str, Any]) -> dict[str, Any]:
    columns = {f"Spend_{code}": code for code in CURRENCIES}
    for column, code in {"Total_Spend_USD": "USD", **columns}.items():
        if stated := optional_text(raw, column):
            return {**band("spend", stated), "currency_code": code}
    return {**measure("spend", None, None), "currency_code": None}


def _keyword_rows(row: dict[str, Any], raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    region = optional_text(raw, "Region")
    stopped = _day(raw, "Report_Date")
    for number in range(1, KEYWORDS_PER_ROW + 1):
        keyword = optional_text(raw, f"Keyword_{number}")
        spend = band("spend", optional_text(raw, f"Spend_USD_{number}"))
        if keyword:
            yield {
                **row,
                **spend,
                "keyword": keyword,
                "country_codes": [region] if region else None,
                "currency_code": "USD",
                "period_stopped_date": stopped,
            }
