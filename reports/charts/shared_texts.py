"""On which days ads of each shared text started, and how many advertisers share it."""

from itertools import groupby

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reports.database import Facts, Row
from reports.figure import (
    BLUE,
    INK,
    ORANGE,
    WIDTH,
    ChartText,
    day,
    place,
    show_weeks,
    text_width,
)

ROW, KEY, LEFT = 0.26, 0.3, 0.35


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The text that most advertisers share as title."""
    say, key = facts.say, "charts.shared_texts"
    firsts = [next(own) for _, own in groupby(rows, lambda row: row["cluster_rank"])]
    most = max(row["advertisers_count"] for row in firsts)
    title = say(
        f"{key}.title{'' if most > 2 else '_few'}",
        texts=say.count(len(firsts), "text"),
        advertisers=say.count(most, "advertiser"),
    )
    lines = [f"{row['cluster_rank']}: {label(row, facts)}" for row in firsts]
    alt = say(f"{key}.alt", lines="; ".join(lines))
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One line for each text, one sign for each day on which ads started."""
    groups = [list(own) for _, own in groupby(rows, lambda row: row["cluster_rank"])]
    labels = [label(group[0], facts) for group in groups]
    right = max(text_width(figure, name, 7.5) for name in labels) + 0.15
    figure.set_figheight(KEY + ROW * len(groups) + 0.42)
    axes = place(figure, LEFT, KEY, WIDTH - LEFT - right, ROW * len(groups))
    for line, (group, name) in enumerate(zip(groups, labels, strict=True)):
        dated = [
            (row, day(row["started_date"]) + 0.5)
            for row in group
            if row["started_date"]
        ]
        days = [at for _, at in dated]
        ends = [min(days), max(days)] if days else []
        axes.plot(ends, [line] * len(ends), color="#9A9A9A", lw=1, zorder=1)
        for row, at in dated:
            marker, colour = ("D", ORANGE) if row["is_flagged"] else ("o", BLUE)
            axes.plot([at], [line], marker, color=colour, ms=5, mec="white", mew=0.5)
        number = str(group[0]["cluster_rank"])
        axes.annotate(number, (0, line), xycoords=("axes fraction", "data"), size=8,
                      xytext=(-5, 0), textcoords="offset points", ha="right",
                      va="center", color=INK)  # fmt: skip
        axes.annotate(name, (1, line), xycoords=("axes fraction", "data"), size=7.5,
                      xytext=(6, 0), textcoords="offset points", va="center",
                      color=INK)  # fmt: skip
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_yticks([])
    show_weeks(axes, facts)
    draw_key(figure, facts, right)


def draw_key(figure: Figure, facts: Facts, right: float) -> None:
    """What the two signs mean."""
    flagged, other = facts.say.entry("charts.shared_texts.key")
    axes = place(figure, LEFT, 0, WIDTH - LEFT - right, KEY)
    axes.axis("off")
    handles = [
        Line2D([], [], marker="D", ls="", color=ORANGE, ms=5, label=flagged),
        Line2D([], [], marker="o", ls="", color=BLUE, ms=5, label=other),
    ]
    axes.legend(handles=handles, loc="center left", ncols=2, borderpad=0)


def label(row: Row, facts: Facts) -> str:
    """How many advertisers and ads share a text."""
    say = facts.say
    return say(
        "charts.shared_texts.label",
        advertisers=say.count(row["advertisers_count"], "advertiser"),
        ads=say.count(row["ads_count"], "ad"),
    )
