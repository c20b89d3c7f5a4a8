"""How to have a mistake mended."""

from reports.blocks import Block, paragraph
from reports.edition import Edition


def blocks(edition: Edition) -> list[Block]:
    """The policy, and where to write if the newsroom's settings say."""
    say, contact = edition.facts.say, edition.facts.settings.corrections_contact
    found = [paragraph(say("corrections.text"))]
    if contact:
        found.append(paragraph(say("corrections.contact", contact=contact)))
    return found
