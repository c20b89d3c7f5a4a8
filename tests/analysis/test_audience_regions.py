"""Where ads were shown, from deliveries written here to the sums by region."""

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.analysis.model_case import database

DAY = date(2026, 1, 1)
ADS: list[tuple[str, int | None, int | None, dict[str, float]]] = [
    ("closed", 1000, 1999, {"Baku": 0.75, "Bakı": 0.05, "Moscow": 0.2}),
    ("flagged", 100, 199, {"Baku": 1}),
    ("open", 1000, None, {"Lankaran": 0.5, "Baku": 0.5}),
    ("untold", None, None, {"Sumqayit": 1}),
]
PLACES = [
    ("AZ-BA", "Bakı", "az", True), ("AZ-BA", "Baku", "en", True),
    ("AZ-LA", "Lankaran", "en", True), ("AZ-SM", "Sumqayit", "en", True),
    ("AZ-GA", "Gəncə", "az", True), ("AZ-BA", "İçərişəhər", "az", False),
]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> duckdb.DuckDBPyConnection:
    """Four ads, one of them flagged, in the regions above."""
    ads: list[dict[str, Any]] = [
        {
            "ad_id": ad_id,
            "impressions_min": low,
            "impressions_max": high,
            "delivery_regions": [
                {"region_name": name, "delivery_share": share}
                for name, share in shares.items()
            ],
            "started_date": DAY,
        }
        for ad_id, low, high, shares in ADS
    ]
    names = ("region_code", "place_name", "language_code", "is_region_name")
    places = [
        {**dict(zip(names, place, strict=True)), "is_delivery_name": place[-1]}
        for place in PLACES
    ]
    given = {
        "staging.ads": ads,
        "staging.audience_places": places,
        "marts.flagged_ads": [{"ad_id": "flagged"}],
    }
    return database(given, ["marts.ad_regions"])


def test_an_ads_impressions_are_parted_by_region(
    made: duckdb.DuckDBPyConnection,
) -> None:
    found = made.execute(
        "select ad_id, region_code, region_name, region_impressions_min, "
        "region_impressions_max from marts.ad_regions order by all"
    ).fetchall()
    assert found == [
        ("closed", "AZ-BA", "Bakı", pytest.approx(800), pytest.approx(1599.2)),
        ("flagged", "AZ-BA", "Bakı", 100, 199),
        ("open", "AZ-BA", "Bakı", 500, None),
        ("open", "AZ-LA", "Lankaran", 500, None),
        ("untold", "AZ-SM", "Sumqayit", None, None),
    ]


def test_a_region_adds_up_ranges_and_keeps_open_ends(
    made: duckdb.DuckDBPyConnection,
) -> None:
    found = made.execute(
        "select region_code, ads_count, flagged_ads_count, region_impressions_min, "
        "region_impressions_max, flagged_impressions_min, flagged_impressions_max "
        "from marts.audience_by_region order by all"
    ).fetchall()
    assert found[0] == ("AZ-BA", 3, 1, pytest.approx(1400), None, 100, 199)
    assert found[1][:5] == ("AZ-GA", 0, 0, None, None)
    assert found[2][:5] == ("AZ-LA", 1, 0, 500, None)
    assert found[3][:5] == ("AZ-SM", 1, 0, None, None)
