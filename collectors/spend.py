"""Spend that a library reports by advertiser, place or week instead of by ad."""

import pyarrow as pa

from collectors.ads import INSTANT, MONEY, TEXTS, measure_fields

# Meaning, unit and null of each column: seeds/columns.csv.
SPEND_SCHEMA = pa.schema(
    [
        pa.field("library", pa.string(), nullable=False),
        # What a row is about: advertiser, advertiser_region, advertiser_week,
        # advertiser_country, location or keyword. Rows of different kinds overlap.
        pa.field("spend_kind", pa.string(), nullable=False),
        pa.field("advertiser_id", pa.string()),
        pa.field("advertiser_name", pa.string()),
        pa.field("funder", pa.string()),
        pa.field("country_codes", TEXTS),
        pa.field("region_name", pa.string()),
        pa.field("keyword", pa.string()),
        pa.field("ads_count", pa.int64()),
        *measure_fields("spend", MONEY),
        pa.field("currency_code", pa.string()),
        pa.field("period_name", pa.string()),
        pa.field("period_started_date", pa.date32()),
        pa.field("period_stopped_date", pa.date32()),
        pa.field("query_id", pa.string(), nullable=False),
        pa.field("run_id", pa.string(), nullable=False),
        pa.field("page_sha256", pa.string(), nullable=False),
        pa.field("page_place", pa.string(), nullable=False),
        pa.field("is_invented", pa.bool_(), nullable=False),
        pa.field("collected_at", INSTANT, nullable=False),
    ]
)
