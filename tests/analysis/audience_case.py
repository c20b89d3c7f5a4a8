"""Ads written in a test, and what the audience models say of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from analysis.texts import database_of_tables
from collectors.ads import AD_SCHEMA, RUN_FIELDS
from tests.analysis.model_case import CACHE, COLLECTED

Fields = Mapping[str, Any]
SEEN = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
_INSTANT = pa.timestamp("us")
_VERSIONS = pa.schema(
    [
        *(each for each in AD_SCHEMA if each.name not in RUN_FIELDS),
        pa.field("version_hash", pa.string()),
        pa.field("page_sha256", pa.string()),
        pa.field("is_newest", pa.bool_()),
        pa.field("ad_first_collected_at", _INSTANT),
        pa.field("first_collected_at", _INSTANT),
        pa.field("last_collected_at", _INSTANT),
    ]
)
_SIGHTINGS = pa.schema(
    [("ad_id", pa.string()), ("requested_country_codes", pa.list_(pa.string()))]
)


def audiences(
    ads: Mapping[str, Fields], *wanted: str, more_versions: Mapping[str, Fields] = {}
) -> duckdb.DuckDBPyConnection:
    """A database of `ads` by id, in which flags.ad_audiences and `wanted` are made.

    `body` is the text, `asked` the countries in whose lists the ad was found; all else
    are fields of the ad record.
    """
    rows = [_version(ad_id, fields) for ad_id, fields in ads.items()]
    rows += [_version(ad_id, fields, "2") for ad_id, fields in more_versions.items()]
    sightings = [
        {"ad_id": ad_id, "requested_country_codes": fields.get("asked", [])}
        for ad_id, fields in ads.items()
    ]
    tables = {
        "staging.ad_versions": pa.Table.from_pylist(rows, schema=_VERSIONS),
        "staging.ad_sightings": pa.Table.from_pylist(sightings, schema=_SIGHTINGS),
        "staging.archives": pa.Table.from_pylist(COLLECTED),
    }
    return database_of_tables(tables, ["flags.ad_audiences", *wanted], CACHE)


def _version(ad_id: str, fields: Fields, version: str = "1") -> dict[str, Any]:
    row = dict.fromkeys(_VERSIONS.names) | {
        "ad_id": ad_id,
        "library": "meta",
        "version_hash": version,
        "started_date": date(2026, 1, 1),
        "is_newest": version == "1",
        "ad_first_collected_at": SEEN,
        "first_collected_at": SEEN,
        "last_collected_at": SEEN,
        **{
            f"{name}_disclosure": "not_disclosed"
            for name in ("reach", "impressions", "audience_size", "spend")
        },
    }
    given = {name: value for name, value in fields.items() if name in row}
    body = {"body_texts": [fields["body"]]} if "body" in fields else {}
    return row | given | body


def place(
    name: str, kind: str | None = "countries", *, is_excluded: bool | None = False
) -> dict[str, Any]:
    """A place that the advertiser chose, or left out."""
    return {
        "kind": "location",
        "value": name,
        "place_kind": kind,
        "is_excluded": is_excluded,
    }


def shown(**shares: float) -> list[dict[str, Any]]:
    """Delivery by region, `_` for a blank."""
    return [
        {"region_name": name.replace("_", " "), "delivery_share": share}
        for name, share in shares.items()
    ]


def codes(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """The evidence codes found for each ad."""
    found = connection.execute(
        "select ad_id, evidence_codes from flags.ad_audiences"
    ).fetchall()
    return {ad_id: set(each) for ad_id, each in found}


def column(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """One column of flags.ad_audiences by ad."""
    return dict(
        connection.execute(f"select ad_id, {name} from flags.ad_audiences").fetchall()
    )
