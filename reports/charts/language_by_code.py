"""Flagged ads by language and code."""

from collections import Counter

from matplotlib.figure import Figure

from reports.database import Facts, Row
from reports.figure import ChartText
from reports.language import Language
from reports.matrix import draw_matrix, largest


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
    languages = by_count(rows)
    codes = sorted({row["code"] for row in rows})
    counts = {
        (languages.index(row["language_code"]), codes.index(row["code"])): row[
            "flagged_ads_count"
        ]
        for row in rows
    }
    names = [say.language_name(language) for language in languages]
    draw_matrix(figure, names, codes, counts, say)


def by_count(rows: list[Row]) -> list[str | None]:
    """The languages, the one with most flags first."""
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row["language_code"]] += row["flagged_ads_count"]
    return sorted(counts, key=lambda code: (-counts[code], code or "~"))


def code_key(rows: list[Row], say: Language) -> str:
    """What the codes mean."""
    codes = sorted({row["code"] for row in rows})
    return "; ".join(f"{code} {say.code_name(code)}" for code in codes)
