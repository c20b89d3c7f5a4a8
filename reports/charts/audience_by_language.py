"""Flagged ads by the level of evidence on their audience, and by language."""

from matplotlib.figure import Figure

from reports.charts.language_by_code import language_side
from reports.database import Facts, Row
from reports.figure import ChartText
from reports.matrix import Side, draw_matrix

LEVELS = (4, 3, 2, 1, 0)


def words(rows: list[Row], facts: Facts) -> ChartText:
    """How many have confirmed or strong evidence as title."""
    say, key = facts.say, "charts.audience_by_language"
    total = sum(row["flagged_ads_count"] for row in rows)
    near = sum(row["flagged_ads_count"] for row in rows if row["audience_level"] >= 3)
    title = say(f"{key}.title", near=say.number(near), total=say.number(total))
    cells = [
        f"{say.name('short_levels', row['audience_level'])}, "
        f"{say.language_name(row['language_code'])}: "
        f"{say.number(row['flagged_ads_count'])}"
        for row in rows
    ]
    alt = say(f"{key}.alt", cells="; ".join(cells))
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One line per level, the strongest first; one column per language."""
    say = facts.say
    levels = {level: say.name("short_levels", level) for level in LEVELS}
    draw_matrix(
        figure, rows, Side("audience_level", levels), language_side(rows, say), say
    )
