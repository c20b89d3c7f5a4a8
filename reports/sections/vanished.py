"""Ads that their library showed once and no longer shows."""

from typing import Any

from reports.blocks import Block, lead, linked, note, table
from reports.database import Facts, Row, moment
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser

MOST_ADS = 20


def blocks(edition: Edition) -> list[Block]:
    """What vanishing means, the chart, and the flagged ones by name."""
    facts, say = edition.facts, edition.facts.say
    found = [lead(say("vanished.text")), edition.chart("vanished_ads")]
    ads = edition.table("vanished_ads")
    if ads:
        lines = [line(ad, facts) for ad in ads[:MOST_ADS]]
        found.append(table(say.entry("vanished.head"), lines, [0, 1, 0, 0, 0, 0]))
    if len(ads) > MOST_ADS:
        more = say.count(len(ads) - MOST_ADS, "more_ad")
        found.append(note(say("vanished.left_out", ads=more)))
    return found


def line(ad: Row, facts: Facts) -> list[Any]:
    """One flagged ad that vanished."""
    seen, gone = (
        moment(ad[f"{name}_epoch"]) for name in ("last_collected", "vanished")
    )
    return [
        linked(ad["ad_id"], safe_url(ad["library_url"])),
        advertiser(ad, facts, 40),
        " ".join(ad["codes"] or []),
        str(ad["started_date"] or facts.say("number.not_given")),
        f"{seen:%Y-%m-%d}" if seen else facts.say("number.not_given"),
        f"{gone:%Y-%m-%d}" if gone else facts.say("number.not_given"),
    ]
