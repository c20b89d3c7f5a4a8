"""One line for each flagged ad, with its link."""

from reports.blocks import Block, Cell, lead, linked, note, paragraph, table
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser
from reports.sections.evidence import KINDS

MOST_ADS = 60


def blocks(edition: Edition) -> list[Block]:
    """The table of flagged ads, the severest first."""
    facts, say = edition.facts, edition.facts.say
    if not edition.ads:
        return [paragraph(say("threats.none"))]
    rows: list[list[Cell]] = [
        [
            linked(ad["ad_id"], safe_url(ad["library_url"])),
            advertiser(ad, facts, 40),
            " ".join(ad["codes"] or []),
            say(f"evidence.by.{KINDS[ad['flagged_by']]}"),
            str(ad["severity"]),
            str(ad["audience_level"] or 0),
            str(ad["started_date"] or say("number.not_given")),
            say.short_bounds(
                ad["spend_min"], ad["spend_max"], ad["currency_code"] or ""
            ),
        ]
        for ad in edition.ads[:MOST_ADS]
    ]
    head = say.entry("evidence.list_head")
    found = [
        lead(say("evidence.list_note")),
        table(head, rows, [0, 1, 0, 0, 0, 0, 0, 0]),
    ]
    if left_out := len(edition.ads) - len(rows):
        ads = say.count(left_out, "more_ad")
        found.append(note(say("evidence.list_left_out", ads=ads)))
    return found
