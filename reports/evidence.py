"""The flagged ads as the pages print them, every text made clean."""

from typing import Any

from reports.clean import clean, clip, is_right_to_left, marked
from reports.database import Facts, Row
from reports.words import (
    LOCI,
    audience_sentence,
    bounds,
    code_name,
    language_name,
    library_name,
    listed,
    plural,
    safe_url,
    score,
    severity_name,
    short_bounds,
    short_date,
    spend_range,
)

MOST_TEXTS, MOST_ADS, MOST_TWINS = 15, 80, 4
KINDS = {
    "rules and score": "Flagged by rules and score",
    "score": "Flagged by the score alone",
    "rules": "Flagged by rules alone",
    "person": "Found by a person, not by the program",
}
LONGEST_QUOTE, LONGEST_NAME = 700, 80
# Words longer than this may break in the narrow columns of a table.
NARROW = 18


def quoted_texts(ads: list[Row], facts: Facts) -> list[dict[str, Any]]:
    """The first texts of each kind of flag with their evidence, main texts once."""
    groups = by_main_text(ads)
    kinds = [kind for kind in KINDS if any(g[0]["flagged_by"] == kind for g in groups)]
    sections, number = [], 0
    for kind in kinds:
        own = [group for group in groups if group[0]["flagged_by"] == kind]
        shown = own[: MOST_TEXTS // len(kinds)]
        left_out = len(own) - len(shown)
        cards = [card(number + n, group, facts) for n, group in enumerate(shown, 1)]
        number += len(shown)
        more = plural(left_out, "more text") if left_out else ""
        sections.append({"title": KINDS[kind], "texts": cards, "left_out": more})
    return sections


def by_main_text(ads: list[Row]) -> list[list[Row]]:
    """The ads in groups of one main text, in the order of each group's first ad."""
    groups: dict[str, list[Row]] = {}
    for ad in ads:
        groups.setdefault(ad["main_text"], []).append(ad)
    return list(groups.values())


def card(number: int, ads: list[Row], facts: Facts) -> dict[str, Any]:
    """One text: the quote, its codes, and what the archive shows of the first ad."""
    ad = ads[0]
    return {
        "number": number,
        "codes": [clean(f"{code} {code_name(code)}") for code in ad["codes"] or []],
        "severity": severity_name(ad["severity"]),
        "quote": quote(ad),
        "facts": [[name, clean(text, NARROW)] for name, text in ad_facts(ad, facts)],
        "url": safe_url(ad["library_url"]),
        "url_text": clean(safe_url(ad["library_url"]) or no_link(facts)),
        "review": f"{'' if ad['is_reviewed'] else 'not '}reviewed by a person",
        "twins": clean(twins(ads[1:])),
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


def no_link(facts: Facts) -> str:
    """What stands in place of a link to the library."""
    return "none; the ad is invented" if facts.is_invented else "none given"


def ad_facts(ad: Row, facts: Facts) -> list[tuple[str, str]]:
    """What the archive shows of one ad, a name and a text each."""
    evidence = list(ad["audience_evidence"] or [])
    locus = LOCI.get(ad["audience_locus"] or "", "")
    level = f"level {ad['audience_level'] or 0}: "
    level += audience_sentence(ad["audience_level"], evidence)
    return [
        ("Advertiser", clip(ad["advertiser_name"] or "not named", LONGEST_NAME)),
        ("Paid for by", clip(ad["funder"] or "not disclosed", LONGEST_NAME)),
        ("Library, ad", f"{library_name(ad['library'])}, {ad['ad_id']}"),
        ("Language", language_name(ad["language_code"])),
        ("Ran", dates(ad)),
        ("Spend", spend_range(ad)),
        ("Impressions", bounds(ad["impressions_min"], ad["impressions_max"], "")),
        ("Audience", f"{level} ({locus})" if locus else level),
        ("Evidence", "; ".join(evidence) or "none"),
        ("Flagged by", flagged_by(ad, facts)),
        ("Most like", most_like(ad)),
    ]


def flagged_by(ad: Row, facts: Facts) -> str:
    """Which rules and which score flag the text, and what the other voice says."""
    ids = list(ad["rule_ids"] or [])
    rules = f"{'rule' if len(ids) == 1 else 'rules'} {listed(ids)}" if ids else ""
    if ad["flagged_by"] == "person":
        return "a person who reviewed it; the program does not flag it"
    if ad["threat_score"] is None:
        return f"{rules or 'rules'}; no score was computed"
    value, threshold = score(ad["threat_score"]), score(facts.threat_threshold)
    scored = f"score {value} (threshold {threshold})"
    if ad["flagged_by"] == "rules and score":
        return f"{rules} and {scored}"
    if ad["flagged_by"] == "rules":
        return f"{rules}; the {scored} alone would not"
    met = f"; words of {rules} found, but not as a threat" if ids else ""
    return f"{scored} alone{met or '; no rule met'}"


def most_like(ad: Row) -> str:
    """The labelled texts nearest to the ad, which are no evidence about it."""
    ids = list(ad["example_label_ids"] or [])
    if not ids:
        return "not computed"
    noun = "text" if len(ids) == 1 else "texts"
    return f"labelled {noun} {listed(ids)} (threats or not), for comparison only"


def dates(ad: Row) -> str:
    """From when to when the ad ran, as far as the archive tells."""
    stopped = ad["stopped_date"]
    end = f" to {short_date(stopped)}" if stopped else ", no end given"
    return f"{short_date(ad['started_date'])}{end}"


def twins(ads: list[Row]) -> str:
    """The other ads that ran the identical text."""
    if not ads:
        return ""
    named = [
        f"{ad['ad_id']} ({clip(ad['advertiser_name'] or 'not named', 40)}, "
        f"from {short_date(ad['started_date'])})"
        for ad in ads[:MOST_TWINS]
    ]
    more = f" and {len(ads) - MOST_TWINS} more" if len(ads) > MOST_TWINS else ""
    return f"Same main text in: {'; '.join(named)}{more}."


def by_code(ads: list[Row]) -> list[list[str]]:
    """One line per code: its name, and how many ads carry it in all and by level."""
    rows = []
    for code in sorted({code for ad in ads for code in ad["codes"] or []}):
        own = [ad for ad in ads if code in (ad["codes"] or [])]
        texts = len({ad["text_hash"] for ad in own})
        high = sum(bool(ad["is_high"]) for ad in own)
        near = sum((ad["audience_level"] or 0) >= 2 for ad in own)
        counts = [f"{count:,}" for count in (len(own), texts, high, near)]
        rows.append([clean(code), clean(code_name(code)), *counts])
    return rows


def listed_ads(ads: list[Row]) -> dict[str, Any]:
    """One line for each flagged ad, with its link."""
    rows = [
        {
            "cells": [
                clean(cell, NARROW)
                for cell in (
                    ad["ad_id"],
                    clip(ad["advertiser_name"] or "not named", 40),
                    " ".join(ad["codes"] or []),
                    "both"
                    if ad["flagged_by"] == "rules and score"
                    else ad["flagged_by"],
                    str(ad["severity"]),
                    str(ad["audience_level"] or 0),
                    str(ad["started_date"] or "not given"),
                    short_bounds(
                        ad["spend_min"], ad["spend_max"], ad["currency_code"] or ""
                    ),
                )
            ],
            "url": safe_url(ad["library_url"]),
        }
        for ad in ads[:MOST_ADS]
    ]
    return {"rows": rows, "left_out": len(ads) - len(rows)}
