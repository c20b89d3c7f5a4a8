"""What people made of the ads that the program flagged or doubted."""

from typing import Any

from matplotlib.figure import Figure

from reports.database import Facts, Row
from reports.figure import BLUE, INK, WIDTH, ChartText, place, text_width

ROW = 0.3
RESULTS = ("upheld", "taken back", "contested", "flag not reviewed", "waiting")
BY_PEOPLE = ("upheld", "taken back", "contested")
LOOKS: dict[str, Any] = {
    "upheld": {"fc": BLUE},
    "taken back": {"fc": "#56B4E9", "hatch": "////"},
    "contested": {"fc": "#E69F00", "hatch": "...."},
    "flag not reviewed": {"fc": "#C9C9C9"},
    "waiting": {"fc": "white"},
}


def words(rows: list[Row], facts: Facts) -> ChartText:
    """How many ads have been reviewed by a person, as title."""
    say, key = facts.say, "charts.review_outcome"
    counts = {row["review_result"]: row["ads_count"] for row in rows}
    done = sum(counts.get(result, 0) for result in BY_PEOPLE)
    total = sum(counts.values())
    is_all = not facts.settings.reviewed_only
    title = say(
        f"{key}.title{'' if is_all else '_reviewed'}",
        done=say.number(done),
        total=say.number(total),
        upheld=say.number(counts.get("upheld", 0)),
    )
    lines = [
        f"{name(result, facts)} {say.number(counts.get(result, 0))}"
        for result in results(facts)
    ]
    return ChartText(
        title, say(f"{key}.caption"), say(f"{key}.alt", lines="; ".join(lines))
    )


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One bar for each outcome, the count at its end."""
    counts = {row["review_result"]: row["ads_count"] for row in rows}
    shown = results(facts)
    left = max(text_width(figure, name(result, facts), 8) for result in shown) + 0.12
    figure.set_figheight(ROW * len(shown) + 0.1)
    axes = place(figure, left, 0.02, WIDTH - left - 0.1, ROW * len(shown))
    axes.set_xlim(0, max(counts.values()) * 1.12)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.axis("off")
    for line, result in enumerate(shown):
        count = counts.get(result, 0)
        axes.barh(line, count, height=0.66, ec="#555555", lw=0.6, **LOOKS[result])
        axes.annotate(facts.say.number(count), (count, line), xytext=(4, 0), size=8,
                      textcoords="offset points", va="center", weight="bold",
                      color=INK)  # fmt: skip
        axes.annotate(name(result, facts), (0, line), xytext=(-5, 0), size=8,
                      textcoords="offset points", ha="right", va="center",
                      color=INK)  # fmt: skip


def results(facts: Facts) -> list[str]:
    """The outcomes of which the report knows: without unreviewed flags if so set."""
    hidden = "flag not reviewed" if facts.settings.reviewed_only else ""
    return [result for result in RESULTS if result != hidden]


def name(result: str, facts: Facts) -> str:
    """An outcome in words."""
    return facts.say(f"charts.review_outcome.results.{result.replace(' ', '_')}")
