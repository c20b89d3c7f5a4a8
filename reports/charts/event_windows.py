"""Flagged ads around dated events against the usual level, with an interval."""

from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from reports.clean import clean, clip
from reports.database import Facts, Row
from reports.figure import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    WIDTH,
    ChartText,
    place,
    text_width,
)

LINE, KEY, LONGEST = 0.34, 0.3, 40
LEAST, MOST = 0.1, 30.0
# Fewer flags than this, found and usual together, say nothing about a rate.
FEWEST = 10
# Told from the others by its form too, for those who print in grey.
FEW: dict[str, Any] = {"color": GREY, "ls": (0, (2, 1)), "mfc": "white"}
LOOKS = {"before": (BLUE, "o", -0.2), "after": (ORANGE, "D", 0.2)}


def words(rows: list[Row], facts: Facts) -> ChartText:
    """Whether any window differs from the usual by more than chance, as title."""
    say, key = facts.say, "charts.event_windows"
    unlike = [row for row in rows if is_unlike(row)]
    title = say(
        f"{key}.title{'' if unlike else '_none'}",
        unlike=say.number(len(unlike)),
        all=say.number(len(rows)),
    )
    lines = [
        say(
            f"{key}.line",
            event=say.own(row, "event_label"),
            window=say(f"{key}.{row['window_name']}"),
            count=say.number(row["flagged_ads_count"]),
            usual=usual(row, facts),
        )
        for row in rows
    ]
    alt = say(f"{key}.alt", lines="; ".join(lines))
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """For each event two ranges on a scale where 1 is the usual, and the counts."""
    events = grouped(rows)
    names = [name_of(own[0], facts) for _, own in events]
    left = max(text_width(figure, name, 7.5) for name in names) + 0.12
    texts = [[counted(row, facts) for row in own] for _, own in events]
    widest = max(text_width(figure, text, 7) for both in texts for text in both)
    right = widest + 0.15
    figure.set_figheight(KEY + LINE * len(events) + 0.28)
    axes = place(figure, left, KEY, WIDTH - left - right, LINE * len(events))
    axes.set_xscale("log")
    axes.set_xlim(LEAST, MOST)
    axes.set_ylim(len(events) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.xaxis.set_major_locator(FixedLocator([0.1, 0.3, 1, 3, 10, 30]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda at, _: f"× {facts.say.amount(round(at, 2))}")
    axes.axvline(1, color=INK, lw=1)
    for line, ((_, own), name, both) in enumerate(
        zip(events, names, texts, strict=True)
    ):
        note: Any = {
            "xycoords": ("axes fraction", "data"),
            "textcoords": "offset points",
        }
        axes.annotate(name, (0, line), xytext=(-5, 0), ha="right", va="center",
                      size=7.5, color=INK, **note)  # fmt: skip
        for row, text in zip(own, both, strict=True):
            shift = LOOKS[row["window_name"]][2]
            draw_range(axes, line + shift, row)
            axes.annotate(text, (1, line + shift), xytext=(5, 0), va="center", size=7,
                          color=INK, **note)  # fmt: skip
    draw_key(figure, facts, left, right)


def draw_range(axes: Axes, line: float, row: Row) -> None:
    """The ratio and its interval; hollow where too few flags say anything."""
    low, high = row["flagged_ratio_low"], row["flagged_ratio_high"]
    if row["flagged_ratio"] is None or low is None:
        return
    colour, marker, _ = LOOKS[row["window_name"]]
    look: dict[str, Any] = {"color": colour}
    if is_few(row):
        look = FEW
    ends = [max(low, LEAST), min(MOST if high is None else high, MOST)]
    axes.plot(ends, [line, line], lw=1.6, alpha=0.7, zorder=2, **look)
    at = min(max(row["flagged_ratio"], LEAST), MOST)
    axes.plot([at], [line], marker=marker, ms=4.5, zorder=3, clip_on=False, **look)


def draw_key(figure: Figure, facts: Facts, left: float, right: float) -> None:
    """What the signs mean."""
    say = facts.say
    axes = place(figure, left, 0, WIDTH - left - right, KEY)
    axes.axis("off")
    handles = [
        Line2D([], [], marker=LOOKS[name][1], color=LOOKS[name][0], ms=4.5,
               label=say(f"charts.event_windows.{name}"))
        for name in ("before", "after")
    ]  # fmt: skip
    few = say("charts.event_windows.few")
    handles.append(Line2D([], [], marker="o", ms=4.5, lw=1.6, label=few, **FEW))
    axes.legend(handles=handles, loc="center left", ncols=3, borderpad=0)


def grouped(rows: list[Row]) -> list[tuple[Any, list[Row]]]:
    """The rows of each event, the window before first."""
    groups = groupby(rows, key=lambda row: (row["event_date"], row["event_label"]))
    return [(key, list(own)) for key, own in groups]


def name_of(row: Row, facts: Facts) -> str:
    """An event with its day."""
    label = clip(clean(facts.say.own(row, "event_label")), LONGEST)
    return f"{label}, {facts.say.short_date(row['event_date'])}"


def usual(row: Row, facts: Facts) -> str:
    """How many flagged ads are usual in as many days."""
    count = row["usual_flagged_count"]
    if count is None:
        return facts.say("charts.event_windows.unknown")
    return facts.say.number(count, 1)


def counted(row: Row, facts: Facts) -> str:
    """The flagged ads of a window beside the usual."""
    if not row["covered_days_count"]:
        return facts.say("charts.event_windows.not_collected")
    count = facts.say.number(row["flagged_ads_count"])
    return facts.say(
        "charts.event_windows.counted", count=count, usual=usual(row, facts)
    )


def is_few(row: Row) -> bool:
    """Whether the flags are too few to say anything."""
    return bool(row["flagged_ads_count"] + (row["usual_flagged_count"] or 0) < FEWEST)


def is_unlike(row: Row) -> bool:
    """Whether the whole interval lies on one side of the usual."""
    low, high = row["flagged_ratio_low"], row["flagged_ratio_high"]
    if is_few(row) or low is None:
        return False
    return bool(low > 1 or (high is not None and high < 1))
