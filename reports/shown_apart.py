"""Ads that are not flagged and must not be mistaken for it, each kind apart."""

from typing import Any

from reports.clean import clean, clip
from reports.database import Row
from reports.evidence import LONGEST_NAME, by_main_text, quote
from reports.words import (
    VOICES,
    code_name,
    language_name,
    listed,
    plural,
    safe_url,
    written,
)

MOST_TEXTS = 10
KINDS = ("reported", "by_az", "review")


def shown_apart(ads: list[Row]) -> dict[str, Any]:
    """Each kind with its first texts and how many are left out.

    Peaceful challenges are counted only, by `marts.archive_facts`, and never quoted.
    """
    return {
        kind: first_texts([ad for ad in ads if ad["text_verdict"] == kind])
        for kind in KINDS
    }


def first_texts(ads: list[Row]) -> dict[str, Any]:
    """The first texts, identical main texts once, and the number of the others."""
    groups = by_main_text(ads)
    rows = [
        {
            "quote": quote(group[0]),
            "line": clean(line(group)),
            "url": safe_url(group[0]["library_url"]),
        }
        for group in groups[:MOST_TEXTS]
    ]
    left_out = sum(len(group) for group in groups[MOST_TEXTS:])
    return {"rows": rows, "left_out": plural(left_out, "more ad") if left_out else ""}


def line(ads: list[Row]) -> str:
    """Who ran the text when, in which language, and what the program made of it."""
    ad = ads[0]
    code = ad["language_code"]
    language = language_name(code) if code else "language not determined"
    parts = [
        f"{ad['ad_id']}, {clip(ad['advertiser_name'] or 'not named', LONGEST_NAME)}, "
        f"{written(ad['started_date'])}, {language}",
        *reading(ad),
    ]
    if others := len(ads) - 1:
        parts.append(f"Same main text in {plural(others, 'other ad')}")
    return ". ".join(parts) + "."


def reading(ad: Row) -> list[str]:
    """How the program reads the text, in the words for its kind."""
    codes = [f"{code} {code_name(code)}" for code in ad["codes"] or []]
    subject = listed(codes) if codes else "not coded"
    if ad["text_verdict"] == "reported":
        voice = VOICES.get(ad["voice"] or "", "voice not settled").capitalize()
        return [voice, f"Subject: {subject}"]
    if ad["text_verdict"] == "by_az":
        return [f"Other direction: {subject}"]
    return [f"To be decided: {subject}"] if codes else []
