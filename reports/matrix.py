"""A table of counts as shaded cells with the number in each; it prints in grey too."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reports.database import Row
from reports.figure import GREY, INK, WIDTH, filled, place, text_width
from reports.language import Language

SHADES = ("#F4F7FA", "#D6E4F0", "#A9CCE3", "#6BA5CE", "#2E75B0", "#08306B")
ROW, LINE, GAP, MOST_LEFT = 0.27, 0.155, 0.1, 3.1
WHITE_FROM = 4


class Side(NamedTuple):
    """What lines or columns stand for: a field, and its values with their names."""

    field: str
    names: Mapping[Any, str]


def codes_of(rows: list[Row]) -> list[str]:
    """The codes of the rows, sorted."""
    return sorted({row["code"] for row in rows})


def largest(rows: list[Row]) -> tuple[Row, bool]:
    """The row with most flagged ads, and whether another has as many."""
    counts = [row["flagged_ads_count"] for row in rows]
    return rows[counts.index(max(counts))], counts.count(max(counts)) > 1


def draw_matrix(
    figure: Figure, found: list[Row], lines: Side, columns: Side, say: Language
) -> None:
    """Draw the flagged ads of each line and column; a cell that is not there is zero.

    Values that neither side names are left out.
    """
    given = {
        (row[lines.field], row[columns.field]): row["flagged_ads_count"]
        for row in found
    }
    counts = [
        [given.get((line, column), 0) for column in columns.names]
        for line in lines.names
    ]
    names, heads = list(lines.names.values()), list(columns.names.values())
    widest = max(text_width(figure, name, 8) for name in names)
    left = min(widest + GAP, MOST_LEFT)
    room = (WIDTH - left - 0.05) / len(heads)
    words = [word for head in heads for word in head.split(" ")]
    size = 8 * min(1, room / max(text_width(figure, word, 8.5) for word in words))
    heads = [folded(figure, head, room, size) for head in heads]
    top = LINE * max(head.count("\n") + 1 for head in heads) + 0.06
    figure.set_figheight(top + ROW * len(names) + 0.08)
    axes = place(figure, left, top, WIDTH - left - 0.05, ROW * len(names))
    axes.set_xlim(0, len(heads))
    axes.set_ylim(len(names), 0)
    axes.axis("off")
    highest = max(map(max, counts))
    for row, name in enumerate(names):
        axes.text(
            -0.06 * len(heads) / (WIDTH - left), row + 0.5, name, size=8,
            ha="right", va="center", color=INK,
        )  # fmt: skip
        for column, count in enumerate(counts[row]):
            draw_cell(axes, row, column, count, highest, say)
    for column, head in enumerate(heads):
        axes.text(column + 0.5, -0.12, head, size=size, ha="center", va="bottom",
                  color=INK)  # fmt: skip


def folded(figure: Figure, text: str, room: float, size: float) -> str:
    """`text` broken between words so that each line fits `room` inches."""
    widths = [text_width(figure, f"{word} ", size) for word in text.split(" ")]
    return "\n".join(filled(text, widths, room))


def draw_cell(
    axes: Axes, row: int, column: int, count: int, highest: int, say: Language
) -> None:
    """One shaded cell and its count."""
    shade = shade_of(count, highest)
    cell = Rectangle((column, row), 1, 1, fc=SHADES[shade], ec="white", lw=1.5)
    axes.add_patch(cell)
    colour = GREY if not count else "white" if shade >= WHITE_FROM else INK
    axes.text(
        column + 0.5, row + 0.5, say.number(count), size=8, ha="center", va="center",
        color=colour, weight="bold" if count else "normal",
    )  # fmt: skip


def shade_of(count: int, highest: int) -> int:
    """The place of a count among the shades, 0 for none."""
    if not count:
        return 0
    return max(1, round(count / highest * (len(SHADES) - 1)))
