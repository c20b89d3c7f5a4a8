"""Ads around events, on days and ads written here."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analysis.texts import database_of_tables

EVENT = date(2026, 4, 1)
FIRST = date(2026, 1, 1)
DAYS = 200
ADS = pa.schema(
    [
        ("ad_id", pa.string()),
        ("library", pa.string()),
        ("advertiser_id", pa.string()),
        ("currency_code", pa.string()),
        ("spend_min", pa.decimal128(18, 2)),
        ("spend_max", pa.decimal128(18, 2)),
        ("started_date", pa.date32()),
    ]
)


def steady(per_week: int) -> list[date]:
    """First days of ads spread evenly over the archive, for one page."""
    return [FIRST + timedelta(days=day) for day in range(DAYS) if day % 7 < per_week]


def measured(
    starts: Iterable[tuple[str, date]],
    flagged: Iterable[int] = (),
    missing: Iterable[date] = (),
    what: str = "event_windows",
) -> dict[str, dict[str, Any]]:
    """What is said of the windows before and after EVENT, with ads of pages."""
    ads = [
        {
            "ad_id": str(number),
            "library": "meta",
            "advertiser_id": page,
            "currency_code": "USD",
            "spend_min": 0,
            "spend_max": 99,
            "started_date": day,
        }
        for number, (page, day) in enumerate(starts)
    ]
    gone = set(missing)
    days = [
        {"library": "meta", "covered_date": day, "is_covered": day not in gone}
        for day in (FIRST + timedelta(days=number) for number in range(DAYS))
    ]
    event = [{"event_date": EVENT, "event_label": "A day", "event_kind": "context"}]
    flags = pa.table({"ad_id": pa.array(map(str, flagged), pa.string())})
    given = {
        "staging.ads": pa.Table.from_pylist(ads, schema=ADS),
        "staging.events": pa.Table.from_pylist(event),
        "marts.coverage_days": pa.Table.from_pylist(days),
        "marts.flagged_ads": flags,
    }
    made = database_of_tables(given, [f"marts.{what}"], Path("data/cache"))
    rows = made.sql(f"from marts.{what}").to_arrow_table().to_pylist()
    return {row["window_name"]: row for row in rows}


def page(name: str, days: Iterable[date]) -> list[tuple[str, date]]:
    return [(name, day) for day in days]


def around(first: int, last: int, times: int = 1) -> list[date]:
    """Days from the event, by their distance."""
    return [EVENT + timedelta(days=n) for n in range(first, last + 1)] * times


STEADY = page("a", steady(3)) + page("b", steady(2))


def test_steady_ads_are_no_different_from_usual() -> None:
    for row in measured(STEADY).values():
        assert row["ads_ratio_low"] < 1 < row["ads_ratio_high"]
        assert abs(row["ads_ratio"] - 1) < 0.15
        assert row["ads_caveat"].startswith("no different")
        assert row["flagged_caveat"] == "too few to say"


def test_a_rise_after_the_event_is_seen_after_it_only() -> None:
    found = measured(STEADY + page("a", around(0, 13, times=6)))
    assert found["after"]["ads_ratio_low"] > 1
    assert found["after"]["ads_caveat"].startswith("more than usual")
    assert found["before"]["ads_ratio_high"] > 1


def test_the_day_itself_counts_as_after() -> None:
    found = measured(STEADY + page("a", [EVENT] * 5))
    usual = measured(STEADY)
    assert found["after"]["ads_count"] == usual["after"]["ads_count"] + 5
    assert found["before"]["ads_count"] == usual["before"]["ads_count"]


def test_a_page_that_came_for_the_event_is_not_compared() -> None:
    found = measured(STEADY + page("new", around(0, 13, times=9)))
    assert found["after"]["advertisers_count"] == 2
    assert found["after"]["ads_count"] == measured(STEADY)["after"]["ads_count"]


def test_days_that_were_not_collected_are_not_zero() -> None:
    gap = around(0, 6)
    found = measured([(who, day) for who, day in STEADY if day not in gap], missing=gap)
    assert found["after"]["covered_days_count"] == 7
    assert abs(found["after"]["ads_ratio"] - 1) < 0.35
    assert found["after"]["ads_caveat"] == "only 7 of 14 days were collected"


def test_a_window_without_collection_says_so() -> None:
    gap = around(0, 13)
    found = measured([(who, day) for who, day in STEADY if day not in gap], missing=gap)
    assert found["after"]["ads_caveat"] == "no day of this window was collected"
    assert found["after"]["ads_ratio"] is None


def test_few_ads_are_too_few_to_say() -> None:
    few = page("a", [FIRST, EVENT, EVENT + timedelta(days=60)])
    assert measured(few)["after"]["ads_caveat"] == "too few to say"


def test_campaigns_widen_the_interval() -> None:
    """The same number of ads says less when ads always come in heaps."""
    heaps = [FIRST + timedelta(days=day) for day in range(0, DAYS, 28)] * 20
    rise = around(0, 13, times=2)
    even = measured(page("a", steady(5)) + page("a", rise))["after"]
    heaped = measured(page("a", heaps) + page("a", rise))["after"]
    width = even["ads_ratio_high"] / even["ads_ratio_low"]
    assert heaped["ads_ratio_high"] / heaped["ads_ratio_low"] > 2 * width


def test_flagged_ads_are_counted_apart() -> None:
    starts = STEADY + page("a", around(0, 13, times=2))
    flagged = range(len(STEADY), len(starts))
    found = measured(starts, flagged=flagged)
    assert found["after"]["flagged_ads_count"] == len(flagged)
    assert found["before"]["flagged_ads_count"] == 0


def test_spend_around_events_is_a_range() -> None:
    found = measured(STEADY, what="event_spend")["after"]
    assert found["spend_min"] == 0
    assert found["spend_max"] == 99 * found["ads_count"]
    usual = float(found["usual_spend_max"])
    assert usual == pytest.approx(float(found["spend_max"]), rel=0.15)


def test_the_interval_is_wilsons() -> None:
    """Against the textbook form: 10 inside, 20 elsewhere, a tenth of the days."""
    macro = "text.rate_ratio_end(10, 20, 0.1, 1, {})"
    made = database_of_tables({}, [], Path("data/cache"))
    low, high = made.execute(
        f"select {macro.format(-1)}, {macro.format(1)}"
    ).fetchall()[0]
    share, trials, z = 1 / 3, 30, 1.96
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * (share * (1 - share) / trials + z * z / (4 * trials**2)) ** 0.5
    half /= 1 + z * z / trials
    for told, end in ((low, centre - half), (high, centre + half)):
        assert told == pytest.approx(end / (1 - end) / 0.1)


@pytest.mark.parametrize(("usual", "ratio"), [(1.5, 1), (6, 1), (40, 1), (6, 3)])
def test_the_interval_holds_the_true_ratio_in_nineteen_of_twenty(
    usual: float, ratio: float
) -> None:
    draws = np.random.default_rng(7)
    exposure = 0.1
    counts = pa.table(
        {
            "inside": draws.poisson(usual * ratio, 4000),
            "elsewhere": draws.poisson(usual / exposure, 4000),
        }
    )
    made = database_of_tables({"staging.counts": counts}, [], Path("data/cache"))
    ends = "text.rate_ratio_end(inside, elsewhere, ?, 1, {side})"
    held = made.execute(
        f"select avg(if(? between {ends.format(side=-1)} "
        f"and coalesce({ends.format(side=1)}, 'infinity'::double), 1, 0)) "
        "from staging.counts",
        [ratio, exposure, exposure],
    ).fetchall()
    assert 0.93 <= held[0][0] <= 0.985
