"""Flagged ads by language and code."""

from collections import Counter

from matplotlib.figure import Figure

from reports.database import Facts, Row
from reports.figure import ChartText
from reports.language import Language
from reports.matrix import Side, codes_of, draw_matrix, largest


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The largest cell as title."""
    say, key = facts.say, "charts.language_by_code"
    top, is_even = largest(rows)
    title = say(
        f"{key}.title{'_even' if is_even else ''}",
        language=say.language_name(top["language_code"]),
        code=top["code"],
        name=say.code_name(top["code"]),
        ads=say.count(top["flagged_ads_count"], "ad"),
    )
    cells = [
        f"{say.language_name(row['language_code'])}, {row['code']}: "
        f"{say.number(row['flagged_ads_count'])}"
        for row in rows
    ]
    alt = say(f"{key}.alt", cells="; ".join(cells))
    return ChartText(title, say(f"{key}.caption", codes=code_key(rows, say)), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One line per language, the most frequent first; one column per code."""
    say = facts.say
    codes = Side("code", {code: code for code in codes_of(rows)})
    draw_matrix(figure, rows, language_side(rows, say), codes, say)


def language_side(rows: list[Row], say: Language) -> Side:
    """The languages, the one with most flags first."""
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row["language_code"]] += row["flagged_ads_count"]
    codes = sorted(counts, key=lambda code: (-counts[code], code or "~"))
    return Side("language_code", {code: say.language_name(code) for code in codes})


def code_key(rows: list[Row], say: Language) -> str:
    """What the codes mean."""
    return "; ".join(f"{code} {say.code_name(code)}" for code in codes_of(rows))
