"""The flagged ads counted: by code, by week, by severity, by language, by spend."""

from reports.blocks import Block, heading, lead, paragraph, table
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """The table of codes and the charts on what was flagged."""
    say = edition.facts.say
    rows = [
        [row["code"], say.code_name(row["code"]),
         *(say.number(row[name]) for name in COUNTS)]
        for row in edition.table("codes")
    ]  # fmt: skip
    found = [paragraph(say("threats.none"))]
    if rows:
        head = say.entry("threats.codes_head")
        found = [
            heading(say("threats.codes_heading")),
            lead(say("threats.codes_note")),
            table(head, rows, [0, 1, 0, 0, 0, 0], "2345"),
        ]
    return [*found, *(edition.chart(name) for name in CHARTS)]


COUNTS = ("ads_count", "texts_count", "high_ads_count", "near_ads_count")
CHARTS = ("weekly_flags", "code_by_severity", "language_by_code", "weekly_spend")
