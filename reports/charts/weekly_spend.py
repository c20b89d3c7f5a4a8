"""Spend on flagged ads per week, as ranges, one panel per currency."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from reports.database import Facts, Row
from reports.figure import (
    BLUE,
    INK,
    ORANGE,
    WIDTH,
    ChartText,
    day,
    grey_cut_weeks,
    place,
    show_weeks,
)
from reports.language import Language

LEFT, RIGHT, PANEL, GAP, KEY = 0.6, 0.1, 0.75, 0.3, 0.32
FADES = 14
UNKNOWN = "unknown"


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The whole range per currency as title."""
    say, key = facts.say, "charts.weekly_spend"
    ranges = "; ".join(range_of(rows, code, say) for code in currencies(rows))
    ranges = ranges or say(f"{key}.nothing")
    weeks = len({row["week_start_date"] for row in rows})
    return ChartText(
        say(f"{key}.title", ranges=ranges),
        say(f"{key}.caption", unstated=unstated(rows, say)).strip(),
        say(f"{key}.alt", weeks=say.count(weeks, "week"), ranges=ranges),
    )


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """A key, then a panel of weekly ranges for each currency."""
    panels = currencies(rows) or [UNKNOWN]
    figure.set_figheight(KEY + len(panels) * (PANEL + GAP) + 0.32)
    for number, currency in enumerate(panels):
        top = KEY + 0.22 + number * (PANEL + GAP)
        axes = place(figure, LEFT, top, WIDTH - LEFT - RIGHT, PANEL)
        show_weeks(axes, facts)
        grey_cut_weeks(axes, facts)
        own = [row for row in rows if row["currency_code"] == currency]
        draw_currency(axes, own, currency, facts.say)
        axes.tick_params(labelbottom=number == len(panels) - 1)
    key = place(figure, LEFT, 0, WIDTH - LEFT - RIGHT, KEY)
    key.axis("off")
    key.legend(
        handles=key_handles(facts.say),
        loc="center left",
        ncols=3,
        borderpad=0,
        handlelength=1.4,
    )


def draw_currency(axes: Axes, rows: list[Row], currency: str, say: Language) -> None:
    """The ranges of one currency; a cross where an ad discloses no spend."""
    tops = [top_of(row) for row in rows]
    room = max([*tops, 1.0]) * 1.3
    for row, top in zip(rows, tops, strict=True):
        left, low = day(row["week_start_date"]) + 0.5, float(row["spend_min"] or 0)
        if top > 0:
            bar = Rectangle((left, low), 6, top - low, fc=BLUE, ec=BLUE, lw=1.2)
            axes.add_patch(bar)
            if row["spend_max"] is None:
                draw_open_end(axes, left, top, room)
        if row["undisclosed_ads_count"]:
            axes.plot([left + 3], [0], "x", color=ORANGE, ms=6, mew=1.6, clip_on=False)
    axes.set_ylim(0, room)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(lambda value, _: say.number(value))
    axes.set_title(currency, color=INK)


def draw_open_end(axes: Axes, left: float, top: float, room: float) -> None:
    """A fade above a bar and an arrow: the sum goes on, nobody knows how far."""
    step = (room * 0.97 - top) / FADES
    for number in range(FADES):
        shade = 0.5 * (1 - number / FADES)
        place_ = (left, top + number * step)
        axes.add_patch(Rectangle(place_, 6, step, fc=BLUE, lw=0, alpha=shade, aa=False))
    axes.plot([left + 3], [room * 0.95], "^", color=BLUE, ms=4)


def key_handles(say: Language) -> list[Patch | Line2D]:
    """The three signs of the chart for its key."""
    bar, arrow, cross = say.entry("charts.weekly_spend.key")
    return [
        Patch(fc=BLUE, label=bar),
        Line2D([], [], marker="^", ls="", color=BLUE, ms=5, label=arrow),
        Line2D([], [], marker="x", ls="", color=ORANGE, mew=1.6, ms=6, label=cross),
    ]


def currencies(rows: list[Row]) -> list[str]:
    """The currencies for which at least one bound is known."""
    codes = {row["currency_code"] for row in rows}
    return sorted(code for code in codes if code and code != UNKNOWN)


def unstated(rows: list[Row], say: Language) -> str:
    """How many ads are in no panel because the library states no currency."""
    hidden = [row for row in rows if row["currency_code"] in (None, UNKNOWN)]
    count = sum(row["flagged_ads_count"] for row in hidden)
    if not count:
        return ""
    return say("charts.weekly_spend.unstated", ads=say.count(count, "ad"))


def top_of(row: Row) -> float:
    """Where the solid part of a bar ends: the highest sum that is certain."""
    if row["spend_max"] is not None:
        return float(row["spend_max"])
    return max(float(row["spend_min"] or 0), float(row["closed_spend_max"] or 0))


def range_of(rows: list[Row], currency: str, say: Language) -> str:
    """The range of one currency over all weeks, in words."""
    own = [row for row in rows if row["currency_code"] == currency]
    low = sum(row["spend_min"] or 0 for row in own)
    is_open = any(row["spend_max"] is None for row in own)
    high = None if is_open else sum(row["spend_max"] for row in own)
    return say.bounds(low, high, currency)
