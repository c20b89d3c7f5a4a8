"""One raw ad of Meta's `ads_archive` as an ad record.

Field forms, old and new: recorded answers of 2019 to 2026, see collectors/README.md.
"""

from typing import Any

from collectors.ads import EXACT, NOT_DISCLOSED, Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.reading import (
    bounded,
    hostname,
    optional_date,
    optional_list,
    optional_text,
    required_text,
    share,
    target,
    texts,
    whole_number,
)

NAME = "meta"
# Kept in the raw page only. The creation is when the ad was set up, not shown.
IGNORED = frozenset({"ad_creation_time", "total_reach_by_location"})
# Gender and age limits that say nobody was left out.
ALL_GENDERS = "All"
GENDERS = ("male", "female", "unknown")


def ad(raw: dict[str, Any]) -> Ad:
    """The ad record of one raw ad; takes every known field out of `raw`.

    What is left in `raw` afterwards is unknown. An absent key is null, and a range
    without upper bound stays open.

    Raises:
        MissingField: there is no id.
        UnreadableRecord: a value has an unknown form.
    """
    raw_id = optional_text(raw, "_id") or required_text(raw, "id")
    if not raw_id.isdecimal():
        raise UnreadableRecord(f"'id' is no number: {raw_id!r:.40}")
    page_id = optional_text(raw, "page_id")
    captions = texts(raw, "ad_creative_link_captions", "ad_creative_link_caption")
    reach_by_country, reach_by_person = _reach_breakdown(raw)
    record: Ad = {
        "library": NAME,
        "ad_id": f"{NAME}:{raw_id}",
        # Instagram accounts without a page all have the number 0.
        "advertiser_id": f"{NAME}:{page_id}"
        if page_id and page_id.strip("0")
        else None,
        "advertiser_name": optional_text(raw, "page_name"),
        "funder": _funder(raw),
        "body_texts": texts(raw, "ad_creative_bodies", "ad_creative_body"),
        "title_texts": texts(raw, "ad_creative_link_titles", "ad_creative_link_title"),
        "description_texts": texts(
            raw, "ad_creative_link_descriptions", "ad_creative_link_description"
        ),
        "caption_texts": captions,
        "declared_language_codes": texts(raw, "languages"),
        "platforms": texts(raw, "publisher_platforms"),
        "status": None,  # Meta tells only when delivery stopped
        "delivery_countries": reach_by_country,
        "delivery_regions": _regions(raw),
        "delivery_demographics": reach_by_person + _demographics(raw) or None,
        "targeting": _targeting(raw),
        **_reach(raw),
        **bounded("impressions", raw.pop("impressions", None)),
        **bounded("audience_size", raw.pop("estimated_audience_size", None)),
        **bounded("spend", raw.pop("spend", None)),
        "currency_code": optional_text(raw, "currency"),
        "landing_domain": next(filter(None, map(hostname, captions or [])), None),
        "library_url": f"https://www.facebook.com/ads/library/?id={raw_id}",
        "started_date": optional_date(raw, "ad_delivery_start_time"),
        "stopped_date": optional_date(raw, "ad_delivery_stop_time"),
    }
    record["version_hash"] = version_hash(record)
    return record


def _funder(raw: dict[str, Any]) -> str | None:
    """Who paid: the "paid for by" line, in the EU the current payer."""
    line = optional_text(raw, "bylines") or optional_text(raw, "funding_entity")
    payers = [
        entry.get("payer")
        for entry in optional_list(raw, "beneficiary_payers")
        if entry.get("current", True)
    ]
    return line or next(filter(None, payers), None)


def _regions(raw: dict[str, Any]) -> list[dict[str, Any]] | None:
    entries = optional_list(raw, "delivery_by_region") or optional_list(
        raw, "region_distribution"
    )
    regions = [
        {
            "region_name": optional_text(entry, "region"),
            "delivery_share": share(entry.get("percentage")),
        }
        for entry in entries
    ]
    return sorted(regions, key=lambda region: str(region["region_name"])) or None


def _demographics(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "country_code": None,
            "age_range": optional_text(entry, "age"),
            "gender": optional_text(entry, "gender"),
            "reach_count": None,
            "delivery_share": share(entry.get("percentage")),
        }
        for entry in optional_list(raw, "demographic_distribution")
    ]


def _reach(raw: dict[str, Any]) -> Ad:
    # A country's own total where there is one; the parts of total_reach_by_location
    # overlap with it and are kept in the raw page only.
    brazil = raw.pop("br_total_reach", None)
    total = raw.pop("eu_total_reach", brazil)
    if total is None:
        return {
            "reach_min": None,
            "reach_max": None,
            "reach_disclosure": NOT_DISCLOSED,
        }
    count = whole_number(total)
    return {"reach_min": count, "reach_max": count, "reach_disclosure": EXACT}


def _reach_breakdown(
    raw: dict[str, Any],
) -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]]]:
    """EU reach per country, and per country, age and gender; a missing key is zero."""
    countries, persons = [], []
    for entry in optional_list(raw, "age_country_gender_reach_breakdown"):
        country, total = optional_text(entry, "country"), 0
        for row in optional_list(entry, "age_gender_breakdowns"):
            age_range = optional_text(row, "age_range")
            for gender in GENDERS:
                count = whole_number(row.get(gender, 0))
                total += count
                persons.append(
                    {
                        "country_code": country,
                        "age_range": age_range,
                        "gender": gender,
                        "reach_count": count,
                        "delivery_share": None,
                    }
                )
        countries.append(
            {"country_code": country, "reach_count": total, "delivery_share": None}
        )
    return countries or None, persons


def _targeting(raw: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What the advertiser chose; places that were left out are marked excluded."""
    chosen = [
        target(
            "location",
            optional_text(entry, "name"),
            place_kind=(optional_text(entry, "type") or "").lower() or None,
            is_excluded=bool(entry.get("excluded", False)),
        )
        for entry in optional_list(raw, "target_locations")
    ]
    if ages := texts(raw, "target_ages"):
        chosen.append(target("age", "-".join(ages)))
    gender = optional_text(raw, "target_gender")
    if gender and gender != ALL_GENDERS:
        chosen.append(target("gender", gender))
    return chosen or None
