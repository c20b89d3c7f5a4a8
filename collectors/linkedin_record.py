"""One element of LinkedIn's library as an ad record."""

import re
from datetime import UTC, date, datetime
from typing import Any

from collectors.ads import Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.reading import (
    MissingField,
    measure,
    optional_list,
    optional_text,
    share,
    target,
    texts,
    whole_number,
)

NAME = "linkedin"
IGNORED = frozenset({"restrictionDetails"})
_LAST_DIGITS = re.compile(r"(\d+)/?(?:[?#].*)?$", re.ASCII)
_COUNTRY = re.compile(r"urn:li:country:([A-Za-z]{2})")


def ad_id(raw: dict[str, Any]) -> str | None:
    """The id of an element: the last digits of its address; None if there are none."""
    url = raw.get("adUrl")
    found = _LAST_DIGITS.search(url) if isinstance(url, str) else None
    return found[1] if found else None


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one element; takes what it reads out of `raw`.

    Raises:
        MissingField: there is no adUrl.
        UnreadableRecord: a value has an unknown form.
    """
    if "adUrl" not in raw:
        raise MissingField("required field 'adUrl' is missing")
    if (raw_id := ad_id(raw)) is None:
        raise UnreadableRecord(f"'adUrl' holds no id: {raw['adUrl']!r:.80}")
    url = optional_text(raw, "adUrl")
    is_restricted = raw.pop("isRestricted", False) is True
    details = _object(raw, "details")
    advertiser = _object(details, "advertiser")
    statistics = _object(details, "adStatistics")
    page = optional_text(advertiser, "advertiserUrl")
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{raw_id}",
        "advertiser_id": _advertiser_id(page),
        "advertiser_name": optional_text(advertiser, "advertiserName"),
        "funder": optional_text(advertiser, "adPayer"),
        "ad_format": (optional_text(details, "type") or "").lower() or None,
        "status": "restricted" if is_restricted else None,
        "delivery_countries": _countries(statistics),
        "targeting": _targeting(details),
        **measure("reach", None, None),
        **_impressions(_object(statistics, "totalImpressions")),
        **measure("audience_size", None, None),
        **measure("spend", None, None),
        "library_url": url,
        "started_date": _day(statistics, "firstImpressionAt"),
        "stopped_date": _day(statistics, "latestImpressionAt"),
    }
    record["version_hash"] = version_hash(record)
    left = {"details": details, "advertiser": advertiser, "adStatistics": statistics}
    raw.update({f"{n}.{key}": v for n, part in left.items() for key, v in part.items()})
    return record


def _object(raw: dict[str, Any], key: str) -> dict[str, Any]:
    value = raw.pop(key, None) or {}
    if not isinstance(value, dict):
        raise UnreadableRecord(f"'{key}' is not an object")
    return dict(value)


def _advertiser_id(page: str | None) -> str | None:
    """The last part of the advertiser's address, a number or a name."""
    last = (page or "").rstrip("/").rpartition("/")[2]
    return f"{NAME}:{last}" if last else None


def _impressions(band: dict[str, Any]) -> Ad:
    low, high = band.get("from"), band.get("to")
    return measure("impressions", low, high)


def _countries(statistics: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Percent from 0 to 100 by country as shares; absent without EU impressions."""
    countries = []
    for entry in optional_list(statistics, "impressionsDistributionByCountry"):
        found = _COUNTRY.fullmatch(str(entry.get("country")))
        if not found:
            raise UnreadableRecord(f"not a country: {entry.get('country')!r:.40}")
        countries.append(
            {
                "country_code": found[1].upper(),
                "reach_count": None,
                "delivery_share": _percent(entry.get("impressionPercentage")),
            }
        )
    return countries or None


def _percent(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableRecord(f"not a percentage: {value!r:.40}")
    return share(round(value / 100, 6) if abs(value) < 10**6 else value)


def _targeting(details: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Each facet; values are told for Location and Language only."""
    chosen = []
    for raw in optional_list(details, "adTargeting"):
        facet = dict(raw)
        kind = (optional_text(facet, "facetName") or "unknown").lower()
        for is_excluded, flag, segments in (
            (False, "isIncluded", "includedSegments"),
            (True, "isExcluded", "excludedSegments"),
        ):
            if facet.get(flag):
                for value in _segments(facet, segments):
                    chosen.append(target(kind, value, is_excluded=is_excluded))
    return chosen or None


def _segments(facet: dict[str, Any], key: str) -> list[str | None]:
    return [*(texts(facet, key) or [])] or [None]


def _day(statistics: dict[str, Any], key: str) -> date | None:
    """The UTC day of milliseconds since 1970."""
    value = statistics.pop(key, None)
    if value is None:
        return None
    try:
        return datetime.fromtimestamp(whole_number(value) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UnreadableRecord(f"'{key}' is not a time: {value!r:.40}") from error
