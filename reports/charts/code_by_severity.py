"""Flagged ads by code and severity."""

from matplotlib.figure import Figure

from reports.database import Facts, Row
from reports.figure import ChartText
from reports.matrix import Side, codes_of, draw_matrix, largest

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
    codes = {code: f"{code}  {say.code_name(code)}" for code in codes_of(rows)}
    severities = {severity: say.severity_name(severity) for severity in SEVERITIES}
    draw_matrix(figure, rows, Side("code", codes), Side("severity", severities), say)
