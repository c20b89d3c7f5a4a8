"""The one ad record that every library is written as, and its Parquet file."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from collectors.files import replaced_whole

Ad = dict[str, Any]

# How much of a measured quantity the library tells.
EXACT = "exact"
RANGE = "range"
OPEN_RANGE = "open_range"
NOT_DISCLOSED = "not_disclosed"

_TEXTS = pa.list_(pa.string())
_MONEY = pa.decimal128(18, 2)
_INSTANT = pa.timestamp("us", tz="UTC")


def _measure(name: str, unit: pa.DataType) -> list[pa.Field]:
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
        pa.field("body_texts", _TEXTS),
        pa.field("title_texts", _TEXTS),
        pa.field("description_texts", _TEXTS),
        pa.field("caption_texts", _TEXTS),
        pa.field("declared_language_codes", _TEXTS),
        pa.field("platforms", _TEXTS),
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
        *_measure("reach", pa.int64()),
        *_measure("impressions", pa.int64()),
        *_measure("audience_size", pa.int64()),
        *_measure("spend", _MONEY),
        pa.field("currency_code", pa.string()),
        pa.field("landing_domain", pa.string()),
        pa.field("library_url", pa.string()),
        pa.field("started_date", pa.date32()),
        pa.field("stopped_date", pa.date32()),
        pa.field("version_hash", pa.string(), nullable=False),
        # Run fields: how the ad was found, never part of its version.
        pa.field("requested_country_codes", _TEXTS),
        pa.field("query_id", pa.string(), nullable=False),
        pa.field("run_id", pa.string(), nullable=False),
        pa.field("page_sha256", pa.string(), nullable=False),
        pa.field("is_invented", pa.bool_(), nullable=False),
        pa.field("collected_at", _INSTANT, nullable=False),
    ]
)

RUN_FIELDS = frozenset(AD_SCHEMA.names[AD_SCHEMA.names.index("version_hash") :])


def version_hash(ad: Ad) -> str:
    """SHA-256 over everything the library says of an ad, without the run fields.

    Two records have the same hash exactly when the library showed the same ad.
    """
    content = {name: value for name, value in ad.items() if name not in RUN_FIELDS}
    canonical = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def write_ads(ads: Iterable[Ad], path: Path, rows_per_group: int = 20_000) -> int:
    """Rows written to the Parquet file `path`, in the order given.

    The file is written beside `path` and moved over it, so a reader sees the old
    file or the new one. Memory is bounded by `rows_per_group` records.
    """
    written = 0
    with (
        replaced_whole(path) as draft,
        pq.ParquetWriter(draft, AD_SCHEMA, compression="zstd") as writer,
    ):
        for rows in _groups(ads, rows_per_group):
            writer.write_table(pa.Table.from_pylist(rows, schema=AD_SCHEMA))
            written += len(rows)
    return written


def _groups(ads: Iterable[Ad], size: int) -> Iterator[list[Ad]]:
    source = iter(ads)
    while rows := list(islice(source, size)):
        yield rows
