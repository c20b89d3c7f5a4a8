"""Texts that several advertisers share, and what else two of them have in common."""

from typing import Any

from reports.blocks import Block, heading, lead, note, table
from reports.clean import clip
from reports.database import Facts, Row
from reports.edition import Edition
from reports.naming import advertiser, is_named

LONGEST_TEXT, MOST_VALUES = 110, 3


def blocks(edition: Edition) -> list[Block]:
    """The chart of shared texts, their wording, and links between advertisers."""
    facts, say = edition.facts, edition.facts.say
    found = [note(say("clusters.text")), edition.chart("shared_texts")]
    if shared := {row["cluster_rank"]: row for row in edition.drawn("shared_texts")}:
        lines = [text_line(row, facts) for row in shared.values()]
        head = say.entry("clusters.head")
        found.append(table(head, lines, [0, 1, 0, 0, 0, 0, 0], "345"))
    if links := edition.table("advertiser_links"):
        found += [
            heading(say("clusters.links_heading")),
            lead(say("clusters.links_note")),
            table(
                say.entry("clusters.links_head"),
                [link_line(row, facts) for row in links],
                [1, 1, 1.6],
            ),
        ]
    return found


def text_line(row: Row, facts: Facts) -> list[Any]:
    """One shared text in a line."""
    say = facts.say
    first, last = row["first_started_date"], row["last_started_date"]
    languages = [say.language_name(code) for code in row["language_codes"]]
    return [
        str(row["cluster_rank"]),
        clip(row["example_text"], LONGEST_TEXT),
        ", ".join(languages) or say("languages.none"),
        say.number(row["advertisers_count"]),
        say.number(row["ads_count"]),
        say.number(row["flagged_ads_count"]),
        f"{first or say('number.not_given')} – {last or say('number.not_given')}",
    ]


def link_line(row: Row, facts: Facts) -> list[Any]:
    """Two advertisers and what they share, in words that say no more."""
    say, kind = facts.say, row["link_kind"]
    other = {
        name: row[f"other_{name}"]
        for name in ("advertiser_id", "advertiser_name", "advertiser_ads_count")
    }
    values = list(row["shared_values"] or [])
    shown = ", ".join(clip(value, 60) for value in values[:MOST_VALUES])
    if kind == "funder" and not (is_named(row, facts) and is_named(other, facts)):
        shown = say("evidence.named_not")
    elif len(values) > MOST_VALUES:
        shown += f" + {len(values) - MOST_VALUES}"
    texts = say.count(row["shared_count"], "text")
    said = say(f"clusters.kinds.{kind}", texts=texts, values=shown)
    return [advertiser(row, facts, 40), advertiser(other, facts, 40), said]
