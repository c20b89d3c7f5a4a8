"""Flagged ads before and after dated public events."""

from reports.blocks import Block, lead
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """What the comparison can say, and the chart."""
    return [lead(edition.facts.say("events.text")), edition.chart("event_windows")]
