"""One raw ad of TikTok's library, listed or detailed, as an ad record.

The documentation's own samples contradict each other; both forms are read.
"""

import re
from datetime import date
from typing import Any

from collectors.ads import Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.google_record import band
from collectors.reading import (
    MissingField,
    hostname,
    measure,
    optional_list,
    optional_text,
    target,
    texts,
    whole_number,
)

NAME = "tiktok"
NUMBER = re.compile("[0-9]{1,30}")
IGNORED = frozenset(
    f"advertiser.{key}" for key in ("follower_count", "avatar_url", "profile_url")
) | {
    "ad.download_url",
    "ad.call_to_action",
    "ad.advertising_objective",
    "ad.rejection_info",
    "ad_group.targeting_info.number_of_users_targeted",
}


def ad_id(raw: dict[str, Any]) -> str | None:
    """The id of a listed or detailed ad, as text; None if it has none."""
    inner = raw.get("ad")
    value = inner.get("id") if isinstance(inner, dict) else None
    text = str(value) if isinstance(value, int | str) else ""
    return text if NUMBER.fullmatch(text) else None


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one raw ad; what nobody took stays in `raw`, by dotted name.

    Raises:
        MissingField: 'ad' or its id is missing.
        UnreadableRecord: a value has an unknown form.
    """
    parts: dict[str, dict[str, Any]] = {
        key: _object(raw, key) for key in ("ad", "advertiser", "ad_group") if key in raw
    }
    raw_ad, advertiser = parts.get("ad"), parts.get("advertiser", {})
    if raw_ad is None or "id" not in raw_ad:
        raise MissingField("required field 'ad.id' is missing")
    if (raw_id := ad_id({"ad": raw_ad})) is None:
        raise UnreadableRecord(f"'ad.id' is no number: {raw_ad['id']!r:.40}")
    raw_ad.pop("id")
    title = optional_text(raw_ad, "title")
    business = _either(advertiser, "business_id", "buisness_id")
    reach, by_country = _reach(raw_ad)
    group = parts.get("ad_group", {})
    aimed = _object(group, "targeting_info" if "targeting_info" in group else "target")
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{raw_id}",
        "advertiser_id": f"{NAME}:{business}" if business else None,
        "advertiser_name": optional_text(advertiser, "business_name"),
        "funder": _either(advertiser, "paid_for_by", "paid_by"),
        "title_texts": [title] if title else None,
        "status": _status(raw_ad),
        "creative_urls": _media(raw_ad),
        "delivery_countries": by_country,
        "targeting": _targeting(aimed),
        **reach,
        **measure("impressions", None, None),
        **measure("audience_size", None, None),
        **measure("spend", None, None),
        "landing_domain": hostname(optional_text(raw_ad, "external_url") or ""),
        "library_url": f"https://library.tiktok.com/ads/detail/?ad_id={raw_id}",
        "started_date": _day(raw_ad, "first_shown_date"),
        "stopped_date": _day(raw_ad, "last_shown_date"),
    }
    optional_text(advertiser, "country_code")
    record["version_hash"] = version_hash(record)
    left: dict[str, dict[str, Any]] = {**parts, "ad_group.targeting_info": aimed}
    raw.update(
        {f"{name}.{key}": v for name, part in left.items() for key, v in part.items()}
    )
    return record


def _object(raw: dict[str, Any], key: str) -> dict[str, Any]:
    value = raw.pop(key, None) or {}
    if not isinstance(value, dict):
        raise UnreadableRecord(f"'{key}' is not an object")
    return dict(value)


def _either(raw: dict[str, Any], key: str, other: str) -> str | None:
    first, second = optional_text(raw, key), optional_text(raw, other)
    return first or second


def _status(raw: dict[str, Any]) -> str | None:
    told = optional_text(raw, "status"), optional_text(raw, "status_statement")
    return ": ".join(filter(None, told)) or None


def _media(raw: dict[str, Any]) -> list[str] | None:
    videos = [optional_text(dict(v), "url") for v in optional_list(raw, "videos")]
    images = texts(raw, "image_urls") or []
    return [url for url in (*videos, *images) if url] or None


def _reach(raw: dict[str, Any]) -> tuple[Ad, list[dict[str, Any]] | None]:
    """How many saw it: `11K` is rounded and taken as told, `10K-100K` is a band."""
    reach = _object(raw, "reach")
    countries = _object(reach, "unique_users_seen_by_country")
    by_country = [
        {
            "country_code": code,
            "reach_count": band("reach", str(seen))["reach_min"],
            "delivery_share": None,
        }
        for code, seen in sorted(countries.items())
    ]
    return band("reach", optional_text(reach, "unique_users_seen")), by_country or None


def _targeting(aimed: dict[str, Any]) -> list[dict[str, Any]] | None:
    countries = aimed.pop("country", None) or []
    if not isinstance(countries, list):
        raise UnreadableRecord("'country' is not a list")
    chosen = [target("location", str(code), "country") for code in countries]
    for kind in ("age", "gender"):
        options = _object(aimed, kind)
        if not all(options.values()):
            chosen += [target(kind, name) for name, is_on in options.items() if is_on]
    for kind in (
        "audience_targeting",
        "video_interactions",
        "creator_interactions",
        "interest",
    ):
        value = aimed.pop(kind, None)
        if value not in (None, "", "No"):
            chosen.append(target(kind, str(value)))
    return chosen or None


def _day(raw: dict[str, Any], key: str) -> date | None:
    """The day of 20210101, written as number or text."""
    stated = optional_text(raw, key)
    if stated is None:
        return None
    digits = str(whole_number(stated.replace("-", "")))
    try:
        return date(int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:]))
    except ValueError as error:
        raise UnreadableRecord(f"'{key}' is not a day: {stated:.40}") from error
