"""Reports of threats and counter-speech: coverage, never called threats."""

from reports.blocks import Block, heading, lead, paragraph
from reports.edition import Edition
from reports.sections.apart import first_texts


def blocks(edition: Edition) -> list[Block]:
    """The first such texts, and below them those that wait for a person."""
    say, counts = edition.facts.say, edition.facts.counts
    found = [paragraph(say("apart.reported_none"))]
    if count := counts["reported_ads_count"]:
        ads = say.count(count, "ad")
        found = [
            lead(say("apart.reported_note", ads=ads)),
            *first_texts(edition, "reported", count),
        ]
    found.append(heading(say("apart.review_heading")))
    if not (waiting := counts["review_ads_count"]):
        return [*found, paragraph(say("apart.review_none"))]
    ads = say.count(waiting, "ad")
    text = lead(say("apart.review_note", ads=ads))
    return [*found, text, *first_texts(edition, "review", waiting)]
