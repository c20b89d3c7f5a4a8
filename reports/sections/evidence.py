"""The flagged texts, one card each, with everything a reader needs to judge it."""

from typing import Any

from reports.blocks import (
    Block,
    Cell,
    cell_of,
    heading,
    linked,
    note,
    paragraph,
)
from reports.clean import clean, clip, is_right_to_left, marked
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser, evidence, funder

MOST_TEXTS, MOST_TWINS = 12, 4
KINDS = {
    "rules and score": "both",
    "score": "score",
    "rules": "rules",
    "person": "person",
}
LONGEST_QUOTE = 700


def blocks(edition: Edition) -> list[Block]:
    """The first texts of each kind of flag with their evidence, main texts once."""
    facts, say = edition.facts, edition.facts.say
    if not edition.ads:
        return [paragraph(say("threats.none"))]
    groups = by_main_text(edition.ads)
    kinds = [kind for kind in KINDS if any(g[0]["flagged_by"] == kind for g in groups)]
    found, number = [note(say("evidence.note"))], 0
    for kind in kinds:
        own = [group for group in groups if group[0]["flagged_by"] == kind]
        shown = own[: MOST_TEXTS // len(kinds)]
        found.append(heading(say(f"evidence.kinds.{KINDS[kind]}")))
        found += [card(number + n, group, facts) for n, group in enumerate(shown, 1)]
        number += len(shown)
        if left_out := len(own) - len(shown):
            texts = say.count(left_out, "more_text")
            found.append(note(say("evidence.left_out", texts=texts)))
    return found


def by_main_text(ads: list[Row]) -> list[list[Row]]:
    """The ads in groups of one main text, in the order of each group's first ad."""
    groups: dict[str, list[Row]] = {}
    for ad in ads:
        groups.setdefault(ad["main_text_hash"], []).append(ad)
    return list(groups.values())


def card(number: int, ads: list[Row], facts: Facts) -> Block:
    """One text: the quote, its codes, and what the archive shows of the first ad."""
    ad, say = ads[0], facts.say
    codes = [clean(f"{code} {say.code_name(code)}") for code in ad["codes"] or []]
    severity = say.severity_name(ad["severity"])
    return {
        "kind": "card",
        "number": number,
        "codes": codes,
        "severity": clean(say("evidence.severity", severity=severity)),
        "quote": quote(ad),
        "translation": translation(ad, facts),
        "facts": named_facts(short_facts(ad, facts), facts),
        "wide_facts": named_facts(long_facts(ads, facts), facts),
    }


def quote(ad: Row) -> dict[str, Any]:
    """The exact words of the ad in pieces, the matched ones marked."""
    text = clip(ad["quote"] or "", LONGEST_QUOTE)
    language = (ad["language_code"] or "").partition("-")[0]
    is_code = len(language) in (2, 3) and language.isascii() and language.islower()
    return {
        "pieces": [
            *([{"text": "…\u00a0", "is_match": False}] if ad["is_cut_before"] else []),
            *marked(text, list(ad.get("quote_words") or [])),
            *([{"text": "\u00a0…", "is_match": False}] if ad["is_cut_after"] else []),
        ],
        "language": language if is_code else "en",
        "is_right_to_left": is_right_to_left(text),
    }


def translation(ad: Row, facts: Facts) -> str:
    """What the text says in a reviewer's words, as far as one has told."""
    text = ad["translation"]
    return clean(facts.say("evidence.translation", text=text)) if text else ""


def named_facts(pairs: list[tuple[str, Cell]], facts: Facts) -> list[list[Cell]]:
    """Each fact under its name; one that has nothing to say is left out."""
    return [
        [facts.say(f"evidence.{name}"), cell_of(text)] for name, text in pairs if text
    ]


def short_facts(ad: Row, facts: Facts) -> list[tuple[str, Cell]]:
    """The facts that fit half a line, a name and a text each."""
    say = facts.say
    reviewed = "reviewed" if ad["is_reviewed"] else "unreviewed"
    impressions = say.bounds(ad["impressions_min"], ad["impressions_max"])
    return [
        ("advertiser", advertiser(ad, facts)),
        ("funder", funder(ad, facts)),
        ("library", f"{say.library_name(ad['library'])}, {ad['ad_id']}"),
        ("language", say.language_name(ad["language_code"])),
        ("ran", dates(ad, facts)),
        (
            "spend",
            say.bounds(ad["spend_min"], ad["spend_max"], ad["currency_code"] or ""),
        ),
        ("impressions", impressions),
        ("review", {**linked(say(f"evidence.{reviewed}"), ""), "weight": "bold"}),
    ]


def long_facts(ads: list[Row], facts: Facts) -> list[tuple[str, Cell]]:
    """The facts that need the whole width."""
    ad, say = ads[0], facts.say
    locus = say.name("loci", ad["audience_locus"])
    level = say(
        f"evidence.level{'_locus' if locus else ''}",
        level=ad["audience_level"] or 0,
        sentence=say.audience_sentence(
            ad["audience_level"], list(ad["audience_evidence"] or [])
        ),
        locus=locus,
    )
    url = safe_url(ad["library_url"])
    return [
        ("audience", level),
        ("evidence", "; ".join(evidence(ad, facts)) or say("evidence.no_evidence")),
        ("flagged_by", flagged_by(ad, facts)),
        ("most_like", most_like(ad, facts)),
        ("hash", ad["text_hash"]),
        ("link", linked(url or no_link(facts), url)),
        ("twins", twins(ads[1:], facts)),
    ]


def no_link(facts: Facts) -> str:
    """What stands in place of a link to the library."""
    return facts.say(f"evidence.no_link{'_invented' if facts.is_invented else ''}")


def flagged_by(ad: Row, facts: Facts) -> str:
    """Which rules and which score flag the text, and what the other voice says."""
    say, ids = facts.say, list(ad["rule_ids"] or [])
    if ad["flagged_by"] == "person":
        return say("evidence.by_person")
    key = "a_rule" if len(ids) == 1 else "some_rules"
    rules = say(f"evidence.{key}", ids=say.listed(ids)) if ids else ""
    if ad["threat_score"] is None:
        return say("evidence.no_score", rules=rules or say("evidence.rules"))
    value, bar = say.score(ad["threat_score"]), say.score(facts.threat_threshold)
    score = say("evidence.score", value=value, threshold=bar)
    if ad["flagged_by"] in ("rules", "rules and score"):
        key = "by_both" if ad["flagged_by"] == "rules and score" else "by_rules"
        return say(f"evidence.{key}", rules=rules, score=score)
    key = "by_score_words" if ids else "by_score"
    return say(f"evidence.{key}", rules=rules, score=score)


def most_like(ad: Row, facts: Facts) -> str:
    """The labelled texts nearest to the ad, which are no evidence about it."""
    say, ids = facts.say, list(ad["example_label_ids"] or [])
    if not ids:
        return say("evidence.not_computed")
    return say.of(len(ids), "evidence.like", ids=say.listed(ids))


def dates(ad: Row, facts: Facts) -> str:
    """From when to when the ad ran, as far as the archive tells."""
    say, first = facts.say, facts.say.short_date(ad["started_date"])
    if not ad["stopped_date"]:
        return say("evidence.ran_open", first=first)
    return say("evidence.ran_to", first=first, last=say.short_date(ad["stopped_date"]))


def twins(ads: list[Row], facts: Facts) -> str:
    """The other ads that ran the identical text."""
    if not ads:
        return ""
    say = facts.say
    named = "; ".join(
        say(
            "evidence.same_ad",
            ad=ad["ad_id"],
            advertiser=advertiser(ad, facts, 40),
            date=say.short_date(ad["started_date"]),
        )
        for ad in ads[:MOST_TWINS]
    )
    if len(ads) > MOST_TWINS:
        named = say("evidence.same_more", ads=named, count=len(ads) - MOST_TWINS)
    return say("evidence.same", ads=named)
