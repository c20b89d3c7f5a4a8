"""Flagged ads and what they cost by the week in which they began."""

from datetime import date
from typing import Any

from tests.analysis.model_case import database

MONDAY, SUNDAY, NEXT = date(2026, 1, 5), date(2026, 1, 11), date(2026, 1, 12)


def flagged(number: int, day: date | None, *codes: str, **told: Any) -> dict[str, Any]:
    return {
        "ad_id": str(number), "codes": list(codes), "started_date": day,
        "currency_code": "USD", "spend_min": 0, "spend_max": 99,
        "spend_disclosure": "range", **told,
    }  # fmt: skip


ADS = [
    flagged(1, MONDAY, "T1", "T3"),
    flagged(2, SUNDAY, "T1", spend_min=100, spend_max=199),
    flagged(3, SUNDAY, "T1", currency_code="AZN"),
    flagged(4, NEXT, "T1", spend_max=None, spend_disclosure="open_range"),
    flagged(5, NEXT, "T1"),
    flagged(6, None, "T1"),
]


def test_a_week_counts_an_ad_once_under_each_of_its_codes() -> None:
    with database({"marts.flagged_ads": ADS}, ["marts.weekly_flags"]) as connection:
        found = connection.execute(
            "select week_start_date, code, flagged_ads_count from marts.weekly_flags "
            "order by all"
        ).fetchall()
    assert found == [(MONDAY, "T1", 3), (MONDAY, "T3", 1), (NEXT, "T1", 2)]


def test_spend_of_a_week_stays_a_range_in_its_currency() -> None:
    with database({"marts.flagged_ads": ADS}, ["marts.weekly_spend"]) as connection:
        found = connection.execute(
            "select week_start_date, currency_code, flagged_ads_count, open_ads_count, "
            "spend_min, spend_max, closed_spend_max from marts.weekly_spend "
            "order by all"
        ).fetchall()
    assert found == [
        (MONDAY, "AZN", 1, 0, 0, 99, 99),
        (MONDAY, "USD", 2, 0, 100, 298, 298),
        (NEXT, "USD", 2, 1, 0, None, 99),
    ]
