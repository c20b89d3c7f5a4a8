"""The frame that every chart shares: fonts, title, source line and sample mark."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.style
from matplotlib import dates, font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from reports.clean import FONTS
from reports.database import Facts

WIDTH = 6.7
MARGIN = 0.04
BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#767676", "#222222"
# matplotlib gives its time axis no types.
TIME: Any = dates


@dataclass(frozen=True)
class ChartText:
    """What a chart says: the observation, how to read it, and it in words alone."""

    title: str
    caption: str
    alt: str


@cache
def load_style() -> None:
    """Use the report's own fonts and style; a second call does nothing."""
    # The emoji font has one weight only, and matplotlib says so for every bold text.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    matplotlib.style.use(Path(__file__).parent / "style.mplstyle")


def new_figure() -> Figure:
    """An empty figure of the report's width; the chart sets the height it needs."""
    load_style()
    figure = Figure(figsize=(WIDTH, 3.5))
    FigureCanvasAgg(figure)
    return figure


def finish(figure: Figure, title: str, source: str, path: Path, facts: Facts) -> None:
    """Add title and source above and below, and write `path`.png and `path`.svg.

    Nothing in the files depends on the clock, so equal charts are equal bytes.
    """
    titles = wrapped(figure, title, 11, "bold")
    sources = wrapped(figure, source, 7, "normal", 1.5 if facts.is_invented else 0)
    top, bottom = 0.19 * len(titles) + 0.16, 0.125 * len(sources) + 0.12
    add_margins(figure, top, bottom)
    height = figure.get_figheight()
    left = MARGIN / WIDTH
    text = "\n".join(titles)
    figure.text(left, 1 - 0.05 / height, text, size=11, weight="bold", va="top")
    text = "\n".join(sources)
    figure.text(left, 0.05 / height, text, size=7, color=GREY, va="bottom")
    if facts.is_invented:
        mark_as_sample(figure, facts.say("cover.mark"))
    figure.savefig(path.with_suffix(".png"), metadata={"Software": None})
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(path.with_suffix(".svg"), metadata=nothing)


def source_line(facts: Facts) -> str:
    """The footer of a chart: libraries, dates, cut-off and versions."""
    say, cut_off = facts.say, facts.last_collected_at
    return say(
        "cover.source",
        libraries=library_names(facts),
        period=say.days(facts.first_started_date, facts.last_started_date),
        cut_off=say.moment(cut_off) if cut_off else say("cover.source_empty"),
        database=facts.database_version,
        codebook=facts.codebook_version,
    )


def library_names(facts: Facts) -> str:
    """The libraries searched, in words."""
    say = facts.say
    names = [say.library_name(library) for library in sorted(facts.libraries)]
    if facts.is_invented:
        names = [say("cover.sample_library", name=name) for name in names]
    return say.listed(names) if names else say("cover.no_library")


def mark_as_sample(figure: Figure, mark: str) -> None:
    """Write over the whole figure that its data are invented."""
    figure.text(
        0.5, 0.5, mark, size=36, weight="bold", color=INK, alpha=0.09,
        rotation=22, ha="center", va="center", zorder=50,
    )  # fmt: skip
    figure.text(
        1 - MARGIN / WIDTH, 0.05 / figure.get_figheight(), mark, size=7.5,
        weight="bold", color="white", ha="right", va="bottom", zorder=51,
        bbox={"facecolor": "#A33F00", "edgecolor": "none", "pad": 2},
    )  # fmt: skip


def wrapped(
    figure: Figure, text: str, size: float, weight: str, less: float = 0
) -> list[str]:
    """`text` in as few lines as fit the figure less some inches, evenly long."""
    widths = [text_width(figure, word + " ", size, weight) for word in text.split(" ")]
    room = WIDTH - 2 * MARGIN - less
    count = len(filled(text, widths, room))
    while len(filled(text, widths, room - 0.1)) == count and room > max(widths) + 0.1:
        room -= 0.1
    return filled(text, widths, room)


def filled(text: str, widths: list[float], room: float) -> list[str]:
    """Lines of whole words, each line at most `room` wide if it can be."""
    lines: list[str] = []
    used = 0.0
    for word, width in zip(text.split(" "), widths, strict=True):
        if lines and used + width <= room:
            lines[-1] += f" {word}"
            used += width
        else:
            lines.append(word)
            used = width
    return lines


def text_width(figure: Figure, text: str, size: float, weight: str = "normal") -> float:
    """The width of one line of `text` in inches."""
    artist = figure.text(0, 0, text, size=size, weight=weight)
    width = float(artist.get_window_extent().width) / figure.dpi
    artist.remove()
    return width


def add_margins(figure: Figure, top: float, bottom: float) -> None:
    """Make the figure higher by two margins in inches; its axes keep their size."""
    old = figure.get_figheight()
    new = old + top + bottom
    figure.set_figheight(new)
    for axes in figure.axes:
        box = axes.get_position(original=True)
        axes.set_position(
            (box.x0, (box.y0 * old + bottom) / new, box.width, box.height * old / new)
        )


def place(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """New axes at a place in inches from the figure's left and upper edge."""
    total = figure.get_figheight()
    box = (left / WIDTH, 1 - (top + height) / total, width / WIDTH, height / total)
    return figure.add_axes(box)


def show_weeks(axes: Axes, facts: Facts) -> None:
    """Span the period in whole weeks, with a tick for each month or week."""
    start, end = weeks_of(facts)
    axes.set_xlim(day(start), day(end))
    axes.xaxis_date()
    weeks = (end - start).days // 7
    if weeks > 10:
        months = TIME.MonthLocator(
            interval=1 if weeks < 60 else 3 if weeks < 160 else 12
        )
        axes.xaxis.set_major_locator(months)
        axes.xaxis.set_major_formatter(lambda at, _: tick_name(at, facts, False))
    else:
        axes.set_xticks([day(start) + 7 * week for week in range(weeks)])
        axes.xaxis.set_major_formatter(lambda at, _: tick_name(at, facts, True))


def tick_name(at: float, facts: Facts, has_day: bool) -> str:
    """The name of a tick on a time axis, the year below it."""
    when = TIME.num2date(at)
    month = facts.say.entry("number.short_months")[when.month - 1]
    return f"{when.day} {month}\n{when.year}" if has_day else f"{month}\n{when.year}"


def grey_cut_weeks(axes: Axes, facts: Facts) -> None:
    """Grey the first and the last week where they lie only partly in the period."""
    start, end = weeks_of(facts)
    if facts.first_started_date != start:
        axes.axvspan(day(start), day(start) + 7, color="#E4E4E4", lw=0, zorder=0)
    if facts.last_started_date != end - timedelta(days=1):
        axes.axvspan(day(end) - 7, day(end), color="#E4E4E4", lw=0, zorder=0)


def weeks_of(facts: Facts) -> tuple[date, date]:
    """The Monday before the period and the Monday after it."""
    first = facts.first_started_date or date(1970, 1, 1)
    last = facts.last_started_date or first
    start = first - timedelta(days=first.weekday())
    return start, last + timedelta(days=7 - last.weekday())


def day(moment: date) -> float:
    """The date as a position on a time axis."""
    return float(TIME.date2num(moment))
