"""The advertisers with most flagged ads, and how they are named."""

from reports.blocks import Block, lead
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """How advertisers are named, and the chart of those with most flagged ads."""
    facts, say = edition.facts, edition.facts.say
    least = say.count(facts.settings.name_from_ads, "ad")
    text = say("advertisers.text", least=least)
    return [lead(text), edition.chart("top_advertisers")]
