"""Ads that are not flagged and must not be mistaken for it, each kind apart."""

from reports.blocks import Block, note
from reports.clean import clean
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser
from reports.sections.evidence import by_main_text, quote

MOST_TEXTS = 8


def first_texts(edition: Edition, verdict: str, total: int) -> list[Block]:
    """The first texts of a verdict, identical main texts once, and how many more."""
    say = edition.facts.say
    ads = [
        ad for ad in edition.table("other_verdicts") if ad["text_verdict"] == verdict
    ]
    groups = by_main_text(ads)
    found: list[Block] = [
        {
            "kind": "apart",
            "quote": quote(group[0]),
            "line": clean(line(group, edition.facts)),
            "url": safe_url(group[0]["library_url"]),
        }
        for group in groups[:MOST_TEXTS]
    ]
    if left_out := total - sum(len(group) for group in groups[:MOST_TEXTS]):
        ads_left_out = say.count(left_out, "more_ad")
        found.append(note(say("apart.left_out", ads=ads_left_out)))
    return found


def line(ads: list[Row], facts: Facts) -> str:
    """Who ran the text when, in which language, and what the program made of it."""
    ad, say = ads[0], facts.say
    code = ad["language_code"]
    language = say.language_name(code) if code else say("apart.no_language")
    parts = [
        f"{ad['ad_id']}, {advertiser(ad, facts)}, "
        f"{say.written(ad['started_date'])}, {language}",
        *reading(ad, facts),
    ]
    if others := len(ads) - 1:
        parts.append(say("apart.twins", ads=say.count(others, "other_ad")))
    return ". ".join(parts) + "."


def reading(ad: Row, facts: Facts) -> list[str]:
    """How the program reads the text, in the words for its kind."""
    say = facts.say
    codes = [f"{code} {say.code_name(code)}" for code in ad["codes"] or []]
    subject = say.listed(codes) if codes else say("apart.not_coded")
    if ad["text_verdict"] == "reported":
        voice = say.name("voices", ad["voice"], say("voices.other"))
        return [voice, say("apart.subject", codes=subject)]
    if ad["text_verdict"] == "by_az":
        return [say("apart.by_az_subject", codes=subject)]
    return [say("apart.review_subject", codes=subject)] if codes else []
