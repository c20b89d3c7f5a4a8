"""One raw ad of Microsoft's library, listed or detailed, as an ad record."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from collectors.ads import Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.google_record import band
from collectors.reading import (
    MissingField,
    country_code,
    hostname,
    measure,
    optional_date,
    optional_list,
    optional_text,
    share,
    target,
)

NAME = "microsoft"
NUMBER = re.compile("[0-9]{1,30}")
# Pictures and the reasons of a rejection stay in the raw page only.
IGNORED = frozenset({"AssetJson", "@odata.context", "AdDetails.RejectionJson"})
HUNDREDTH = Decimal("0.01")


def ad_id(raw: dict[str, Any]) -> str | None:
    """The id of a listed or detailed ad, as text; None if it has none."""
    value = raw.get("AdId")
    text = str(value) if isinstance(value, int | str) else ""
    return text if NUMBER.fullmatch(text) else None


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one raw ad; takes what it reads out of `raw`.

    Raises:
        MissingField: there is no AdId.
        UnreadableRecord: a value has an unknown form.
    """
    if "AdId" not in raw:
        raise MissingField("required field 'AdId' is missing")
    if (raw_id := ad_id(raw)) is None:
        raise UnreadableRecord(f"'AdId' is no number: {raw['AdId']!r:.40}")
    raw.pop("AdId")
    details = raw.pop("AdDetails", None) or {}
    if not isinstance(details, dict):
        raise UnreadableRecord("'AdDetails' is not an object")
    details = dict(details)
    advertiser = optional_text(raw, "AdvertiserId")
    display, landing = (
        optional_text(raw, "DisplayUrl"),
        optional_text(raw, "DestinationUrl"),
    )
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{raw_id}",
        "advertiser_id": f"{NAME}:{advertiser}" if advertiser else None,
        "advertiser_name": optional_text(raw, "AdvertiserName"),
        "funder": optional_text(details, "PaidForByName"),
        "title_texts": _one(optional_text(raw, "Title")),
        "description_texts": _one(optional_text(raw, "Description")),
        "caption_texts": _one(display),
        "status": _status(details),
        "delivery_countries": _countries(details),
        "targeting": _targeting(details),
        **measure("reach", None, None),
        **band("impressions", optional_text(details, "TotalImpressionsRange")),
        **measure("audience_size", None, None),
        **measure("spend", None, None),
        "landing_domain": hostname(landing or "") or hostname(display or ""),
        "library_url": None,
        "started_date": optional_date(details, "StartDate"),
        "stopped_date": optional_date(details, "EndDate"),
    }
    record["version_hash"] = version_hash(record)
    raw.update({f"AdDetails.{key}": value for key, value in details.items()})
    return record


def _one(text: str | None) -> list[str] | None:
    return [text] if text else None


def _status(details: dict[str, Any]) -> str | None:
    reason = optional_text(details, "RestrictionReason")
    return f"restricted: {reason}" if reason else None


def _countries(details: dict[str, Any]) -> list[dict[str, Any]] | None:
    return [
        {
            "country_code": country_code(optional_text(dict(entry), "Country") or ""),
            "reach_count": None,
            "delivery_share": _share(optional_text(dict(entry), "ImpressionShare")),
        }
        for entry in optional_list(details, "ImpressionsByCountry")
    ] or None


def _share(stated: str | None) -> float | None:
    """`17.3%` as a share from 0 to 1."""
    if stated is None:
        return None
    try:
        return share(str(Decimal(stated.strip().removesuffix("%")) * HUNDREDTH))
    except InvalidOperation as error:
        raise UnreadableRecord(f"not a share: {stated!r:.40}") from error


def _targeting(details: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What kinds of targeting were used; Microsoft does not tell the values."""
    return [
        target(
            optional_text(dict(entry), "TargetType") or "unknown",
            None,
            is_excluded=bool(entry.get("UsedForExclusion")),
        )
        for entry in optional_list(details, "Targets")
    ] or None
