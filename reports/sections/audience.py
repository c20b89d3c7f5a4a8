"""Who the flagged ads were aimed at or shown to, as far as evidence goes."""

from collections import Counter

from reports.blocks import Block, paragraph
from reports.edition import Edition

CHARTS = ("audience_by_language", "region_delivery")


def blocks(edition: Edition) -> list[Block]:
    """To whom flagged ads speak, the levels by language, and the map of delivery."""
    say = edition.facts.say
    found = [paragraph(say("audience.text"))]
    if edition.ads:
        kinds = Counter(ad["configuration"] or "unknown" for ad in edition.ads)
        parts = [
            say(f"audience.configurations.{kind}", count=say.number(count))
            for kind, count in sorted(kinds.items())
        ]
        spoken = say("audience.configuration", parts=say.listed(parts))
        found.append(paragraph(spoken))
    return [*found, *(edition.chart(name) for name in CHARTS)]
