"""Flagged ads by code and severity."""

from matplotlib.figure import Figure

from reports.database import Facts, Row
from reports.figure import ChartText
from reports.matrix import draw_matrix, largest

SEVERITIES = (2, 3, 4)


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The largest cell as title."""
    say, key = facts.say, "charts.code_by_severity"
    top, is_even = largest(rows)
    title = say(
        f"{key}.title{'_even' if is_even else ''}",
        code=top["code"],
        name=say.code_name(top["code"]),
        severity=say.severity_name(top["severity"]),
        ads=say.count(top["flagged_ads_count"], "ad"),
    )
    cells = [
        f"{row['code']}, {say.severity_name(row['severity'])}: "
        f"{say.number(row['flagged_ads_count'])}"
        for row in rows
    ]
    alt = say(f"{key}.alt", cells="; ".join(cells))
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One line per code, one column per severity."""
    say = facts.say
    codes = sorted({row["code"] for row in rows})
    names = [f"{code}  {say.code_name(code)}" for code in codes]
    columns = [say.severity_name(severity) for severity in SEVERITIES]
    counts = {
        (codes.index(row["code"]), SEVERITIES.index(row["severity"])): row[
            "flagged_ads_count"
        ]
        for row in rows
        if row["severity"] in SEVERITIES
    }
    draw_matrix(figure, names, columns, counts, say)
