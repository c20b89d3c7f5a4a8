"""Which days a report is about, and which come before them."""

from datetime import date

import pytest

from reports.errors import ReportError
from reports.period import Period, dated, named

CUT_OFF = date(2025, 10, 15)


@pytest.mark.parametrize(
    ("name", "since", "until", "folder"),
    [
        ("2025-W36", date(2025, 9, 1), date(2025, 9, 7), "2025-W36"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "2020-W53"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "2025-12"),
        ("last-week", date(2025, 10, 6), date(2025, 10, 12), "2025-W41"),
        ("last-month", date(2025, 9, 1), date(2025, 9, 30), "2025-09"),
    ],
)
def test_a_name_is_its_days(name: str, since: date, until: date, folder: str) -> None:
    assert named(name, CUT_OFF) == Period(folder, since, until)


def test_the_last_week_is_a_whole_one_even_on_a_monday() -> None:
    assert named("last-week", date(2025, 10, 13)).until == date(2025, 10, 12)
    assert named("last-month", date(2025, 10, 1)).until == date(2025, 9, 30)


@pytest.mark.parametrize("name", ["2025-13", "2025-W60", "yesterday", "2025", "../x"])
def test_a_wrong_name_says_so(name: str) -> None:
    with pytest.raises(ReportError, match=f"PERIOD={name}"):
        named(name, CUT_OFF)


def test_nothing_collected_has_no_last_week() -> None:
    with pytest.raises(ReportError, match="nothing was collected"):
        named("last-week", None)


def test_two_days_in_the_wrong_order() -> None:
    with pytest.raises(ReportError, match="before it begins"):
        dated(date(2025, 9, 2), date(2025, 9, 1))


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        (named("2025-W36", None), date(2025, 8, 25), date(2025, 8, 31)),
        (named("2025-03", None), date(2025, 2, 1), date(2025, 2, 28)),
        (
            dated(date(2025, 9, 3), date(2025, 9, 5)),
            date(2025, 8, 31),
            date(2025, 9, 2),
        ),
    ],
)
def test_the_period_before(period: Period, since: date, until: date) -> None:
    before = period.before
    assert before is not None
    assert (before.since, before.until) == (since, until)


def test_an_open_period_has_none_before() -> None:
    assert dated(None, date(2025, 9, 1)).before is None
    assert dated(date(2025, 9, 1), None).before is None
    assert Period().before is None
