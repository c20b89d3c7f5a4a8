"""Flagged ads per week, one small panel per code, with dated events above."""

from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reports.clean import clean
from reports.database import Facts, Row
from reports.figure import (
    BLUE,
    GREY,
    INK,
    WIDTH,
    ChartText,
    day,
    grey_cut_weeks,
    place,
    show_weeks,
    weeks_of,
)
from reports.figure import text_width as width_of
from reports.language import Language

LEFT, RIGHT, PANEL, GAP = 0.35, 0.1, 0.3, 0.24
ROWS, ROW = 5, 0.145
KEY_KINDS = ("rhetoric", "bilateral")
MOST_LABELS = 9
SPAN = WIDTH - LEFT - RIGHT


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The highest weekly count as title, and how to read the panels."""
    say = facts.say
    weeks = {row["week_start_date"] for row in rows}
    highest = max(row["flagged_ads_count"] for row in rows)
    codes = sorted({row["code"] for row in rows})
    totals = ", ".join(f"{code} {say.number(total_of(rows, code))}" for code in codes)
    key = "charts.weekly_flags"
    return ChartText(
        say(f"{key}.title", most=say.count(highest, "flagged_ad")),
        say(f"{key}.caption"),
        say(f"{key}.alt", weeks=say.count(len(weeks), "week"), totals=totals),
    )


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """A strip of events, then a panel of weekly bars for each code."""
    codes = sorted({row["code"] for row in rows})
    names = names_of(figure, facts)
    lines = max((name.row for name in names), default=-1) + 1
    strip = lines * ROW + 0.16 if facts.events else 0.0
    figure.set_figheight(strip + len(codes) * (PANEL + GAP) + 0.36)
    highest = max(row["flagged_ads_count"] for row in rows)
    panels = []
    for number, code in enumerate(codes):
        top = strip + GAP + number * (PANEL + GAP)
        axes = place(figure, LEFT, top, SPAN, PANEL)
        draw_code(axes, [row for row in rows if row["code"] == code], facts)
        axes.set_ylim(0, max(highest, 1) * 1.05)
        axes.yaxis.set_major_locator(MaxNLocator(2, integer=True, min_n_ticks=2))
        axes.tick_params(labelbottom=number == len(codes) - 1)
        panels.append(axes)
    if facts.events:
        draw_events(place(figure, LEFT, 0, SPAN, strip), names, lines, facts)
    for name in names:
        for axes in panels:
            axes.axvline(name.moment, color=GREY, lw=0.7, ls=(0, (3, 2)), zorder=3)


def draw_code(axes: Axes, rows: list[Row], facts: Facts) -> None:
    """The weekly bars of one code under its name."""
    code = rows[0]["code"]
    starts = [day(row["week_start_date"]) + 0.5 for row in rows]
    counts = [row["flagged_ads_count"] for row in rows]
    axes.bar(starts, counts, width=6, align="edge", color=BLUE, zorder=2)
    show_weeks(axes, facts)
    grey_cut_weeks(axes, facts)
    axes.set_title(f"{code}  {facts.say.code_name(code)}", color=INK)
    total = facts.say.count(total_of(rows, code), "ad")
    axes.set_title(total, loc="right", color=GREY, weight="normal", size=8)


def draw_events(axes: Axes, names: list["Name"], lines: int, facts: Facts) -> None:
    """A tick for each event, and the names of the key ones in some lines."""
    show_weeks(axes, facts)
    axes.set_ylim(0, lines + 1)
    axes.axis("off")
    ticks = [day(event["event_date"]) for event in inside(facts)]
    axes.vlines(ticks, 0, 0.4, color=GREY, lw=1)
    for name in names:
        draw_name(axes, name)


def inside(facts: Facts) -> list[Row]:
    """The events of the weeks that are drawn."""
    start, end = weeks_of(facts)
    return [event for event in facts.events if start <= event["event_date"] < end]


@dataclass(frozen=True)
class Name:
    """Where the name of an event stands: its row, its day and the days it covers."""

    label: str
    moment: float
    row: int
    start: float
    end: float


def names_of(figure: Figure, facts: Facts) -> list[Name]:
    """The names of the key events, each in a free row, the lowest used row first."""
    start, end = weeks_of(facts)
    names: list[Name] = []
    for event in chosen(inside(facts)):
        name = free_name(figure, facts.say, event, (day(start), day(end)), names)
        if name:
            names.append(name)
    lowest = min((name.row for name in names), default=0)
    return [replace(name, row=name.row - lowest) for name in names]


def free_name(
    figure: Figure,
    say: Language,
    event: Row,
    limits: tuple[float, float],
    names: list[Name],
) -> Name | None:
    """The event's name in the highest free row, right of its day or else left."""
    first, last = limits
    label, moment = event_label(event, say), day(event["event_date"])
    width = (width_of(figure, label, 7) + 0.08) * (last - first) / SPAN
    starts = [at for at in (moment, moment - width) if first <= at <= last - width]
    places = [(row, at) for at in starts for row in reversed(range(ROWS))]
    choices = [Name(label, moment, row, start, start + width) for row, start in places]
    for clash in (cross, overlap):
        for name in choices:
            if not any(clash(name, other) or clash(other, name) for other in names):
                return name
    return None


def overlap(one: Name, other: Name) -> bool:
    """Whether two names would stand on one another."""
    return one.row == other.row and one.start < other.end and other.start < one.end


def cross(one: Name, other: Name) -> bool:
    """Whether two names overlap, or the line of `one` would pass behind `other`."""
    is_behind = other.start < one.moment < other.end and other.row < one.row
    return is_behind or overlap(one, other)


def draw_name(axes: Axes, name: Name) -> None:
    """A line up from the day, and the name beside its upper end."""
    upper = name.row + 1.5
    axes.plot([name.moment] * 2, [0, upper], color=GREY, lw=0.7, ls=(0, (3, 2)))
    is_left = name.start < name.moment
    axes.annotate(
        name.label, (name.moment, name.row + 1.1), textcoords="offset points",
        xytext=(-3 if is_left else 3, 0), size=7, color=INK, va="center",
        ha="right" if is_left else "left",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )  # fmt: skip


def chosen(events: list[Row]) -> list[Row]:
    """At most nine key events, evenly over time, so no count decides what is named."""
    key = [event for event in events if event["event_kind"] in KEY_KINDS]
    if len(key) <= MOST_LABELS:
        return key
    step = (len(key) - 1) / (MOST_LABELS - 1)
    return [key[round(number * step)] for number in range(MOST_LABELS)]


def event_label(event: Row, say: Language) -> str:
    """The event's name, with its status where it is not simply a fact."""
    name, status = say.own(event, "event_label"), str(event["event_status"] or "")
    if status.startswith("fact"):
        return clean(name)
    return clean(f"{name} ({say.name('event_statuses', status, status)})")


def total_of(rows: list[Row], code: str) -> int:
    """The flagged ads of one code over all weeks."""
    return sum(row["flagged_ads_count"] for row in rows if row["code"] == code)
