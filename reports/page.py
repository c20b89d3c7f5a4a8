"""The report as one HTML page that needs nothing else and asks nobody."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.clean import clean
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import safe_url
from reports.naming import advertiser
from reports.sections.evidence import KINDS, quote

HERE = Path(__file__).parent / "page"
MOST_ADS = 2000
# The PDF's own parts: the page lists the ads in its table instead.
LEFT_OUT = ("listed",)


def write_page(edition: Edition, data: dict[str, Any]) -> None:
    """Write `report.html` into the edition's folder.

    Jinja escapes every text; the one script is ours, and the page's own policy lets
    no other run, so that markup in an ad stays words.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    script = (HERE / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    say = edition.facts.say
    page = environment.get_template("page.html").render(
        **{
            **data,
            "sections": [s for s in data["sections"] if s["name"] not in LEFT_OUT],
        },
        words=say.entry("page"),
        ads_title=say("page.flagged"),
        head=table_head(edition.facts),
        ads=[ad_line(ad, edition.facts) for ad in edition.ads[:MOST_ADS]],
        left_out=left_out(edition),
        filters=filters(edition),
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_sha256=digest,
        drawing=lambda chart: drawing(edition.folder, chart),
    )
    (edition.folder / "report.html").write_text(page, encoding="utf-8")


def drawing(folder: Path, chart: dict[str, Any]) -> Markup:
    """The SVG of a chart to stand in the page, its ids made unlike those of others."""
    text = (folder / chart["image"]).read_text(encoding="utf-8")
    text = text[text.index("<svg") :]
    name = re.sub(r"\W", "-", chart["name"])
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", text)
    return Markup(text.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))


def table_head(facts: Facts) -> list[str]:
    """The names of the columns of the table of ads."""
    head: list[str] = facts.say.entry("evidence.list_head")
    say = facts.say
    return [head[0], say("page.quote"), *head[1:-1], say("page.language"), head[-1]]


def ad_line(ad: Row, facts: Facts) -> dict[str, Any]:
    """One flagged ad as a line of the table, with what it is sorted by."""
    say = facts.say
    money = (ad["spend_min"], ad["spend_max"], ad["currency_code"] or "")
    cells = [
        (ad["ad_id"], ad["ad_id"]),
        (advertiser(ad, facts), None),
        (" ".join(ad["codes"] or []), None),
        (say(f"evidence.by.{KINDS[ad['flagged_by']]}"), None),
        (say.severity_name(ad["severity"]), ad["severity"]),
        (str(ad["audience_level"] or 0), ad["audience_level"] or 0),
        (str(ad["started_date"] or ""), None),
        (say.language_name(ad["language_code"]), None),
        (say.short_bounds(*money), unknown_last(ad["spend_min"])),
    ]
    return {
        "cells": [
            {"text": clean(text), "sort": None if key is None else str(key)}
            for text, key in cells
        ],
        "url": safe_url(ad["library_url"]),
        "quote": quote(ad),
        "codes": " ".join(ad["codes"] or []),
        "level": str(ad["audience_level"] or 0),
        "language": ad["language_code"] or "",
    }


def unknown_last(value: Any) -> Any:
    """What a column is sorted by: nothing, and not null, where it is unknown."""
    return "" if value is None else value


def filters(edition: Edition) -> list[dict[str, Any]]:
    """The choices above the table, each with its values and their names."""
    say, ads = edition.facts.say, edition.ads[:MOST_ADS]
    codes = sorted({code for ad in ads for code in ad["codes"] or []})
    levels = sorted({ad["audience_level"] or 0 for ad in ads}, reverse=True)
    languages = sorted({ad["language_code"] or "" for ad in ads})
    return [
        choice("codes", say("page.code"), say("page.all_codes"),
               [(code, f"{code} {say.code_name(code)}") for code in codes]),
        choice("level", say("page.level"), say("page.all_levels"),
               [(str(n), say.name("short_levels", n)) for n in levels]),
        choice("language", say("page.language"), say("page.all_languages"),
               [(code, say.language_name(code)) for code in languages]),
    ]  # fmt: skip


def choice(
    name: str, label: str, every: str, values: list[tuple[str, str]]
) -> dict[str, Any]:
    """One list to choose from."""
    return {
        "name": name, "label": label, "all": every,
        "values": [(clean(value), clean(shown)) for value, shown in values],
    }  # fmt: skip


def left_out(edition: Edition) -> str:
    """How many ads the table does not hold."""
    say, more = edition.facts.say, len(edition.ads) - MOST_ADS
    return say("page.left_out", ads=say.count(more, "more_ad")) if more > 0 else ""
