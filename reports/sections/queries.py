"""The query behind each chart, to run again on the same database."""

from reports.blocks import Block, lead, query
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """Every chart's query in the order of the report."""
    asked = [
        entry["query"]
        for name, entry in edition.queries.items()
        if name.startswith("charts/")
    ]
    return [lead(edition.facts.say("queries.note")), *map(query, asked)]
