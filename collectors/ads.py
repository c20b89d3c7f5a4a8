"""The one ad record that every library is written as, as a table."""

import hashlib
import json
from typing import Any

import pyarrow as pa

from collectors.errors import UnreadableRecord

Ad = dict[str, Any]

# How much of a measured quantity the library tells.
EXACT = "exact"
RANGE = "range"
OPEN_RANGE = "open_range"
NOT_DISCLOSED = "not_disclosed"

TEXTS = pa.list_(pa.string())
MONEY = pa.decimal128(18, 2)
INSTANT = pa.timestamp("us", tz="UTC")


def measure_fields(name: str, unit: pa.DataType) -> list[pa.Field]:
    """The three columns of a measured quantity: bounds, and how much is told."""
    return [
        pa.field(f"{name}_min", unit),
        pa.field(f"{name}_max", unit),
        pa.field(f"{name}_disclosure", pa.string(), nullable=False),
    ]


# Meaning, unit and null of each column: seeds/columns.csv.
AD_SCHEMA = pa.schema(
    [
        pa.field("library", pa.string(), nullable=False),
        pa.field("ad_id", pa.string(), nullable=False),
        pa.field("advertiser_id", pa.string()),
        pa.field("advertiser_name", pa.string()),
        pa.field("funder", pa.string()),
        pa.field("body_texts", TEXTS),
        pa.field("title_texts", TEXTS),
        pa.field("description_texts", TEXTS),
        pa.field("caption_texts", TEXTS),
        pa.field("declared_language_codes", TEXTS),
        pa.field("platforms", TEXTS),
        pa.field("ad_format", pa.string()),
        pa.field("creative_urls", TEXTS),
        pa.field("status", pa.string()),
        pa.field(
            "delivery_countries",
            pa.list_(
                pa.struct(
                    [
                        pa.field("country_code", pa.string()),
                        pa.field("reach_count", pa.int64()),
                        pa.field("delivery_share", pa.float64()),
                    ]
                )
            ),
        ),
        pa.field(
            "delivery_regions",
            pa.list_(
                pa.struct(
                    [
                        pa.field("region_name", pa.string()),
                        pa.field("delivery_share", pa.float64()),
                    ]
                )
            ),
        ),
        pa.field(
            "delivery_demographics",
            pa.list_(
                pa.struct(
                    [
                        pa.field("country_code", pa.string()),
                        pa.field("age_range", pa.string()),
                        pa.field("gender", pa.string()),
                        pa.field("reach_count", pa.int64()),
                        pa.field("delivery_share", pa.float64()),
                    ]
                )
            ),
        ),
        pa.field(
            "targeting",
            pa.list_(
                pa.struct(
                    [
                        pa.field("kind", pa.string()),
                        pa.field("value", pa.string()),
                        pa.field("place_kind", pa.string()),
                        pa.field("is_excluded", pa.bool_()),
                    ]
                )
            ),
        ),
        *measure_fields("reach", pa.int64()),
        *measure_fields("impressions", pa.int64()),
        *measure_fields("audience_size", pa.int64()),
        *measure_fields("spend", MONEY),
        pa.field("currency_code", pa.string()),
        pa.field("landing_domain", pa.string()),
        pa.field("library_url", pa.string()),
        pa.field("started_date", pa.date32()),
        pa.field("stopped_date", pa.date32()),
        pa.field("version_hash", pa.string(), nullable=False),
        # Run fields: how the ad was found, never part of its version.
        pa.field("requested_country_codes", TEXTS),
        pa.field("query_id", pa.string(), nullable=False),
        pa.field("query_text", pa.string(), nullable=False),
        pa.field("run_id", pa.string(), nullable=False),
        pa.field("page_sha256", pa.string(), nullable=False),
        pa.field("page_place", pa.string(), nullable=False),
        pa.field("is_invented", pa.bool_(), nullable=False),
        pa.field("collected_at", INSTANT, nullable=False),
    ]
)

RUN_FIELDS = frozenset(AD_SCHEMA.names[AD_SCHEMA.names.index("version_hash") :])
# Enough for the versions of one ad; more would be a fifth of every database.
VERSION_DIGITS = 16
# A record is a tree by its making, so it is not searched for circles.
_canonical = json.JSONEncoder(
    sort_keys=True,
    ensure_ascii=False,
    separators=(",", ":"),
    default=str,
    check_circular=False,
).encode


def version_hash(ad: Ad) -> str:
    """64 bits, in hexadecimal, of SHA-256 over all the library says of an ad.

    Run fields are left out. Two records of an ad have the same hash when the library
    showed the same; what was received is proven by the page's hash, which is whole.

    Raises:
        UnreadableRecord: a text holds what no file can (a lone surrogate).
    """
    content = {name: value for name, value in ad.items() if name not in RUN_FIELDS}
    try:
        digest = hashlib.sha256(_canonical(content).encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise UnreadableRecord("a text is not Unicode (lone surrogate)") from error
    return digest[:VERSION_DIGITS]
