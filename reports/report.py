"""Everything the pages say, in the order of the pages, as plain data."""

from importlib import import_module
from typing import Any

from reports.clean import clean
from reports.database import Facts
from reports.edition import Edition
from reports.figure import library_names

# The sections in the order of the report: a new one is a module in sections/, its
# title under [sections] in every file of words/, and its name here.
SECTIONS = (
    "findings",
    "coverage",
    "threats",
    "reported",
    "directions",
    "audience",
    "advertisers",
    "clusters",
    "events",
    "vanished",
    "quality",
    "method",
    "corrections",
    "glossary",
    "evidence",
    "listed",
    "queries",
)


def report_data(edition: Edition) -> dict[str, Any]:
    """The whole content of the report; every text in it is clean."""
    say = edition.facts.say
    sections = [
        {
            "name": name,
            "title": say(f"sections.{name}"),
            "blocks": import_module(f"reports.sections.{name}").blocks(edition),
        }
        for name in SECTIONS
    ]
    return {
        "language": say.code,
        "cover": cover(edition.facts),
        "versions": versions(edition.facts),
        "sections": sections,
    }


def cover(facts: Facts) -> dict[str, str]:
    """Title and dates; also what stands on every page."""
    say, first = facts.say, facts.first_started_date
    dates = say.days(first, facts.last_started_date)
    texts = {
        "title": say("cover.title"),
        "subtitle": say("cover.subtitle" if first else "cover.subtitle_empty"),
        "period": dates if first else say("cover.no_ads"),
        "utc": say("cover.utc"),
        "footer": say("cover.footer", period=dates)
        if first
        else say("cover.footer_empty"),
        "footer_database": say("cover.footer_database", version=facts.database_version),
        "footer_page": say("cover.footer_page", page="%page", pages="%pages"),
        "contents": say("cover.contents"),
        "note": say("cover.note"),
        "mark": say("cover.mark") if facts.is_invented else "",
        "invented": say("cover.invented"),
    }
    return {name: clean(text) for name, text in texts.items()}


def versions(facts: Facts) -> list[list[str]]:
    """What the report rests on, a name and a text each."""
    say, counts = facts.say, facts.counts
    codebook = say(
        "cover.codebook_text",
        version=facts.codebook_version,
        rules=say.count(counts["rules_count"], "rule"),
        terms=say.count(counts["lexicon_terms_count"], "term"),
    )
    model = say(
        "cover.model_text",
        model=facts.model_version,
        labels=say.count(counts["labels_count"], "labelled_text"),
        version=facts.labels_version,
    )
    shown = "reviewed" if facts.settings.reviewed_only else "all"
    pairs = {
        "libraries": library_names(facts),
        "cut_off": say.moment(facts.last_collected_at),
        "archive": facts.archive,
        "database": facts.database_version,
        "codebook": codebook,
        "model": model,
        "shown": say(f"cover.shown_{shown}"),
    }
    return [[say(f"cover.{name}"), clean(text)] for name, text in pairs.items()]
