"""Ads that their library no longer shows, by the week in which they started."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from reports.database import Facts, Row
from reports.figure import (
    BLUE,
    ORANGE,
    WIDTH,
    ChartText,
    day,
    grey_cut_weeks,
    place,
    show_weeks,
)

PALE = "#C9E1F2"
LEFT, RIGHT, PANEL, KEY = 0.4, 0.1, 1.2, 0.3


def words(rows: list[Row], facts: Facts) -> ChartText:
    """How many vanished, and how many of them are flagged, as title."""
    say, key = facts.say, "charts.vanished_ads"
    total = sum(row["ads_count"] for row in rows)
    flagged = sum(row["ads_count"] for row in rows if row["is_flagged"])
    numbers = {"ads": say.count(total, "ad"), "flagged": say.number(flagged)}
    weeks = say.count(len({row["week_start_date"] for row in rows}), "week")
    title = say(f"{key}.title", **numbers)
    alt = say(f"{key}.alt", weeks=weeks, **numbers)
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """Weekly bars, the flagged ads at the bottom and darker, in grey print too."""
    figure.set_figheight(KEY + PANEL + 0.42)
    axes = place(figure, LEFT, KEY, WIDTH - LEFT - RIGHT, PANEL)
    show_weeks(axes, facts)
    grey_cut_weeks(axes, facts)
    bases: dict[float, int] = {}
    looks: dict[bool, Any] = {
        True: {"fc": ORANGE, "ec": ORANGE},
        False: {"fc": PALE, "ec": BLUE},
    }
    for is_flagged in (True, False):
        for row in (row for row in rows if row["is_flagged"] == is_flagged):
            at, count = day(row["week_start_date"]) + 0.5, row["ads_count"]
            base = bases.get(at, 0)
            axes.bar(at, count, width=6, bottom=base, align="edge", lw=0.5,
                     zorder=2, **looks[is_flagged])  # fmt: skip
            bases[at] = base + count
    axes.set_ylim(0, max(bases.values()) * 1.15)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    flagged, other = facts.say.entry("charts.vanished_ads.key")
    key = place(figure, LEFT, 0, WIDTH - LEFT - RIGHT, KEY)
    key.axis("off")
    handles = [
        Patch(label=flagged, **looks[True]),
        Patch(label=other, **looks[False]),
    ]
    key.legend(handles=handles, loc="center left", ncols=2, borderpad=0)
