"""A strip of days for each library: collected whole, in part, or not at all."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from reports.database import Facts, Row
from reports.figure import INK, WIDTH, ChartText, day, place, show_weeks, text_width

ROW, KEY, RIGHT = 0.34, 0.34, 0.1
LOOKS: dict[str, Any] = {
    "complete": {"fc": "#0072B2"},
    "file": {"fc": "#009E73", "hatch": "...."},
    "in part": {"fc": "#A9CCE3", "hatch": "////"},
    "not complete": {"fc": "#F6C9A8", "hatch": "xxxx"},
    "not asked for": {"fc": "white"},
}
WHOLE = ("complete", "file")


def words(rows: list[Row], facts: Facts) -> ChartText:
    """On how many days how many libraries were collected whole, as title."""
    say, key = facts.say, "charts.coverage_strip"
    shown = inside(rows, facts)
    parts = [
        say(
            f"{key}.part",
            library=say.library_name(library),
            days=say.number(sum(row["coverage_status"] in WHOLE for row in own)),
            total=say.count(len(own), "day"),
        )
        for library, own in by_library(shown)
    ]
    title = say(f"{key}.title", parts="; ".join(parts))
    return ChartText(title, say(f"{key}.caption"), say(f"{key}.alt", title=title))


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One strip for each library under a key."""
    say, strips = facts.say, by_library(inside(rows, facts))
    names = [say.library_name(library) for library, _ in strips]
    left = max(text_width(figure, name, 8) for name in names) + 0.12
    figure.set_figheight(KEY + ROW * len(strips) + 0.4)
    axes = place(figure, left, KEY, WIDTH - left - RIGHT, ROW * len(strips))
    for line, (_, own) in enumerate(strips):
        for status, days in groupby(own, key=lambda row: row["coverage_status"]):
            spans = [day(row["covered_date"]) for row in days]
            axes.broken_barh(
                [(spans[0], spans[-1] + 1 - spans[0])], (line + 0.15, 0.7),
                ec="#8A8A8A", lw=0.3, **LOOKS[status],
            )  # fmt: skip
        axes.annotate(names[line], (0, line + 0.5), size=8, color=INK, ha="right",
                      xycoords=("axes fraction", "data"), xytext=(-5, 0),
                      textcoords="offset points", va="center")  # fmt: skip
    axes.set_ylim(len(strips), 0)
    axes.set_yticks([])
    axes.grid(visible=False)
    show_weeks(axes, facts)
    key = place(figure, left, 0, WIDTH - left - RIGHT, KEY)
    key.axis("off")
    found = {row["coverage_status"] for _, own in strips for row in own}
    handles = [
        Patch(ec="#8A8A8A", lw=0.3, label=say(f"charts.coverage_strip.looks.{name}"),
              **LOOKS[status])
        for status, name in NAMES.items()
        if status in found
    ]  # fmt: skip
    key.legend(handles=handles, loc="center left", ncols=3, borderpad=0)


NAMES = {status: status.replace(" ", "_") for status in LOOKS}


def inside(rows: list[Row], facts: Facts) -> list[Row]:
    """The days of the period, and those without a row as not asked for."""
    first, last = facts.first_started_date, facts.last_started_date
    if first is None or last is None:
        return rows
    known = {(row["library"], row["covered_date"]): row for row in rows}
    length = (last - first).days + 1
    dates = [first + timedelta(days=number) for number in range(length)]
    return [
        known.get(
            (library, date),
            {
                "library": library,
                "covered_date": date,
                "coverage_status": "not asked for",
            },
        )
        for library in sorted({row["library"] for row in rows})
        for date in dates
    ]


def by_library(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each library."""
    groups = groupby(rows, key=lambda row: row["library"])
    return [(library, list(own)) for library, own in groups]
