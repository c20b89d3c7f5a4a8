"""The words of the report explained."""

from reports.blocks import Block, definitions
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """Every word with its meaning."""
    return [definitions(edition.facts.say.entry("glossary.terms"))]
