"""The flagged and reported ads as the pages print them, every text made clean."""

from typing import Any

from reports.clean import clean, clip, is_right_to_left, marked
from reports.database import Row
from reports.words import (
    LOCI,
    VOICES,
    audience_sentence,
    bounds,
    code_name,
    language_name,
    library_name,
    safe_url,
    severity_name,
    short_date,
    spend_range,
    written,
)

MOST_TEXTS, MOST_ADS, MOST_REPORTED, MOST_TWINS = 15, 80, 10, 4
LONGEST_QUOTE, LONGEST_NAME = 700, 80
# Words longer than this may break in the narrow columns of a table.
NARROW = 18


def quoted_texts(ads: list[Row]) -> dict[str, Any]:
    """The first texts with all their evidence, identical texts once."""
    texts: dict[str, list[Row]] = {}
    for ad in ads:
        texts.setdefault(ad["text_hash"], []).append(ad)
    groups = list(texts.values())
    shown = [
        card(number, group) for number, group in enumerate(groups[:MOST_TEXTS], start=1)
    ]
    return {"texts": shown, "left_out": len(groups) - len(shown)}


def card(number: int, ads: list[Row]) -> dict[str, Any]:
    """One text: the quote, its codes, and what the archive shows of the first ad."""
    ad = ads[0]
    return {
        "number": number,
        "codes": [clean(f"{code} {code_name(code)}") for code in ad["codes"] or []],
        "severity": severity_name(ad["severity"]),
        "quote": quote(ad),
        "facts": [[name, clean(text, NARROW)] for name, text in ad_facts(ad)],
        "url": safe_url(ad["library_url"]),
        "url_text": clean(safe_url(ad["library_url"]) or "no link given"),
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
            *([{"text": "… ", "is_match": False}] if ad["is_cut_before"] else []),
            *marked(text, list(ad.get("quote_words") or [])),
            *([{"text": " …", "is_match": False}] if ad["is_cut_after"] else []),
        ],
        "language": language if is_code else "en",
        "is_right_to_left": is_right_to_left(text),
    }


def ad_facts(ad: Row) -> list[tuple[str, str]]:
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
        ("Rules met", rules_met(ad)),
    ]


def rules_met(ad: Row) -> str:
    """The rules that the ad met, and whether they are all still on trial."""
    trial = " (experimental)" if ad["is_experimental"] else ""
    return (", ".join(ad["rule_ids"] or []) or "none") + trial


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
    return f"Same text in: {'; '.join(named)}{more}."


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
                    str(ad["severity"]),
                    str(ad["audience_level"] or 0),
                    str(ad["started_date"] or "not given"),
                    spend_range(ad),
                )
            ],
            "url": safe_url(ad["library_url"]),
        }
        for ad in ads[:MOST_ADS]
    ]
    return {"rows": rows, "left_out": len(ads) - len(rows)}


def reported(ads: list[Row]) -> dict[str, Any]:
    """Ads that report or reject a threat, short."""
    rows = [
        {
            "quote": quote(ad),
            "line": clean(
                f"{clip(ad['advertiser_name'] or 'not named', LONGEST_NAME)}, "
                f"{written(ad['started_date'])}, {language_name(ad['language_code'])}. "
                f"{VOICES.get(ad['voice'] or '', 'voice not settled').capitalize()}. "
                f"Subject of the report: {', '.join(ad['codes'] or [])}. "
                f"Ad {ad['ad_id']}"
            ),
            "url": safe_url(ad["library_url"]),
        }
        for ad in ads[:MOST_REPORTED]
    ]
    return {"rows": rows, "left_out": len(ads) - len(rows)}
