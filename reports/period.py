"""The days that a report is about, and the days before them to compare with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reports.errors import ReportError

DAY = timedelta(days=1)
FORMS = "2025-W36, 2025-09, last-week or last-month"


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both included; None is no limit on that side."""

    name: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def days(self) -> int | None:
        """How many days it has, if both ends are known."""
        if self.since is None or self.until is None:
            return None
        return (self.until - self.since).days + 1

    @property
    def before(self) -> "Period | None":
        """The period to compare with: the month before a month, else as many days."""
        if self.since is None or self.until is None:
            return None
        last = self.since - DAY
        if is_month(self.name):
            return Period(f"{last:%Y-%m}", last.replace(day=1), last)
        return dated(last - (self.until - self.since), last)


def is_month(name: str) -> bool:
    """Whether a period is named as a calendar month."""
    return re.fullmatch(r"\d{4}-\d{2}", name) is not None


def dated(since: date | None, until: date | None) -> Period:
    """A period named by its two days.

    Raises:
        ReportError: it ends before it begins.
    """
    if since and until and until < since:
        raise ReportError(f"the period ends ({until}) before it begins ({since})")
    if since is None and until is None:
        return Period()
    return Period(f"{since or 'start'}_{until or 'end'}", since, until)


def named(name: str, cut_off: date | None) -> Period:
    """The period of a name; `last-week` and `last-month` end before the cut-off.

    The last week is the last whole one in the data, not on the calendar on the wall,
    so that the same database gives the same report on any day.

    Raises:
        ReportError: the name says no period.
    """
    if name in ("last-week", "last-month"):
        return last_whole(name, cut_off)
    try:
        if match := re.fullmatch(r"(\d{4})-W(\d{2})", name):
            return week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        if is_month(name):
            return month(date.fromisoformat(f"{name}-01"))
    except ValueError as error:
        raise ReportError(f"PERIOD={name}: {error}") from error
    raise ReportError(f"PERIOD={name} is none of {FORMS}")


def last_whole(name: str, cut_off: date | None) -> Period:
    """The last week or month that lies wholly before the day of the cut-off.

    Raises:
        ReportError: nothing was collected.
    """
    if cut_off is None:
        raise ReportError(f"PERIOD={name}: nothing was collected, so none is the last")
    if name == "last-week":
        return week(cut_off - timedelta(days=cut_off.weekday() + 7))
    return month((cut_off.replace(day=1) - DAY).replace(day=1))


def week(monday: date) -> Period:
    """The ISO week that begins on `monday`."""
    year, number, _ = monday.isocalendar()
    return Period(f"{year}-W{number:02}", monday, monday + 6 * DAY)


def month(first: date) -> Period:
    """The month that begins on the day `first`."""
    after = (first + 31 * DAY).replace(day=1)
    return Period(f"{first:%Y-%m}", first, after - DAY)
