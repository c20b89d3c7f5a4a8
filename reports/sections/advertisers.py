"""Advertisers with most flagged ads, names and domains that resemble others, lists."""

from typing import Any

from reports.blocks import Block, heading, lead, paragraph, table
from reports.database import Facts, Row
from reports.edition import Edition
from reports.naming import advertiser, is_named


def blocks(edition: Edition) -> list[Block]:
    """How advertisers are named, the chart, look-alikes and watched domains."""
    facts, say = edition.facts, edition.facts.say
    least = say.count(facts.settings.name_from_ads, "ad")
    return [
        lead(say("advertisers.text", least=least)),
        edition.chart("top_advertisers"),
        heading(say("advertisers.look_alikes")),
        *look_alikes(edition.table("look_alikes"), facts),
        heading(say("advertisers.watched")),
        *watched(edition.table("watched_domains"), facts),
    ]


def look_alikes(rows: list[Row], facts: Facts) -> list[Block]:
    """Names and domains beside those that they resemble."""
    say = facts.say
    if not rows:
        return [paragraph(say("advertisers.look_alikes_none"))]
    lines: list[list[Any]] = [
        [
            row["advertiser_name"]
            if row["subject_kind"] == "domain"
            else advertiser(row, facts, 40),
            resembled(row, facts),
            say(f"advertisers.likeness.{row['likeness_kind']}"),
            say.number(row["ads_count"]),
            say.number(row["flagged_ads_count"]),
        ]
        for row in rows
    ]
    head = say.entry("advertisers.look_alikes_head")
    return [
        lead(say("advertisers.look_alikes_note")),
        table(head, lines, [1, 1, 1.4, 0, 0], "34"),
    ]


def resembled(row: Row, facts: Facts) -> str:
    """What a name or domain resembles, unless that tells a name that is held back."""
    is_itself = row["likeness_kind"] == "mixed_scripts"
    if is_itself and row["subject_kind"] == "advertiser" and not is_named(row, facts):
        return facts.say("evidence.named_not")
    return str(row["resembled"] or facts.say("number.not_given"))


def watched(rows: list[Row], facts: Facts) -> list[Block]:
    """Domains on lists, with the day they were put there."""
    say = facts.say
    if not rows:
        return [paragraph(say("advertisers.watched_none"))]
    lines: list[list[Any]] = [
        [
            row["domain"],
            row["list_name"],
            row["list_status"] or say("number.not_given"),
            str(row["listed_date"] or say("number.not_given")),
            say.number(row["ads_count"]),
            say.number(row["landing_ads_count"]),
            say.number(row["flagged_ads_count"]),
        ]
        for row in rows
    ]
    head = say.entry("advertisers.watched_head")
    return [
        lead(say("advertisers.watched_note")),
        table(head, lines, [1, 1, 1, 0, 0, 0, 0], "456"),
    ]
