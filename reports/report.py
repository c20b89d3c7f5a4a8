"""Everything the pages say, in the order of the pages, as plain data for Typst."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
from matplotlib.figure import Figure

from reports import evidence
from reports.charts import region_delivery, weekly_flags, weekly_spend
from reports.clean import clean
from reports.database import Facts, Row, moment, rows_of, table
from reports.figure import SAMPLE_MARK, Words, finish, new_figure, source_line
from reports.quality import quality, quality_sentence
from reports.review_quality import review_quality, taken_back
from reports.sentences import challenges, key_figures, scored
from reports.shown_apart import shown_apart
from reports.words import (
    library_name,
    listed,
    plural,
    score,
    written,
)

TITLE = "Ads flagged for threatening rhetoric about Azerbaijan"
# The charts in the order of the report; a new one is a pair of files and a line here.
CHARTS: tuple[ModuleType, ...] = (weekly_flags, weekly_spend, region_delivery)
MOST_RUNS = 40
WHY_EXPERIMENTAL = "in use, but not yet shown by enough examples to be right."


@dataclass(frozen=True)
class Chart:
    """One pair of files in `charts/`."""

    name: str
    query: Path
    empty: str
    words: Callable[[list[Row], Facts], Words]
    draw: Callable[[Figure, list[Row], Facts], None]


def charts() -> list[Chart]:
    """The charts of the report, in order."""
    return [
        Chart(
            name=module.__name__.rpartition(".")[2],
            query=Path(str(module.__file__)).with_suffix(".sql"),
            empty=module.EMPTY,
            words=module.words,
            draw=module.draw,
        )
        for module in CHARTS
    ]


def draw_chart(
    connection: duckdb.DuckDBPyConnection, chart: Chart, facts: Facts, folder: Path
) -> dict[str, Any]:
    """Draw one chart into `folder`; without rows there is a sentence and no picture."""
    rows = rows_of(connection, chart.query)
    entry = {"name": chart.name, "query": chart.query.read_text(encoding="utf-8")}
    if not rows:
        return {**entry, "title": chart.empty, "caption": "", "alt": "", "image": ""}
    words = chart.words(rows, facts)
    figure = new_figure()
    chart.draw(figure, rows, facts)
    source = source_line(facts, library_names(facts))
    finish(figure, clean(words.title), clean(source), folder / chart.name, facts)
    return {
        **entry,
        "title": clean(words.title),
        "caption": clean(words.caption),
        "alt": clean(words.alt),
        "image": f"charts/{chart.name}.svg",
    }


def report_data(
    connection: duckdb.DuckDBPyConnection, facts: Facts, drawn: list[dict[str, Any]]
) -> dict[str, Any]:
    """The whole content of the report; every text in it is clean."""
    ads = table(connection, "flagged_ads")
    rules = table(connection, "rules")
    measured = table(connection, "evaluation")
    others = table(connection, "other_verdicts")
    return {
        "cover": cover(facts),
        "figures": [
            {name: clean(text) for name, text in figure.items()}
            for figure in key_figures(facts, ads, quality_sentence(measured, facts))
        ],
        "codes": evidence.by_code(ads),
        "charts": drawn,
        "evidence": evidence.quoted_texts(ads, facts),
        "flagged_ads": evidence.listed_ads(ads),
        "apart": shown_apart(others),
        "challenges": clean(challenges(facts)),
        "scored": clean(scored(facts)),
        "is_scored": facts.counts["scored_texts_count"] > 0,
        "quality": quality(measured),
        "reviewed": review_quality(table(connection, "review_quality")),
        "taken_back": taken_back(others),
        "rules": [rule_row(rule) for rule in rules],
        "experimental": clean(experimental(rules)),
        "coverage": coverage(table(connection, "library_coverage")),
    }


def cover(facts: Facts) -> dict[str, Any]:
    """Title, dates and versions; also what stands on every page."""
    first, last = facts.first_started_date, facts.last_started_date
    cut_off = facts.last_collected_at
    about = " about ads that started" if first else ""
    period = f"{written(first)} to {written(last)}" if first else "no ads collected"
    footer = f"Ads started {period}" if first else "No ads collected"
    texts = {
        "title": TITLE,
        "subtitle": f"What public ad libraries show{about}",
        "period": period,
        "footer": footer,
        "libraries": library_names(facts),
        "cut_off": f"{written(cut_off)}, {cut_off:%H:%M} UTC" if cut_off else "none",
        "archive": facts.archive,
        "database_version": facts.database_version,
        "codebook_version": facts.codebook_version,
        "terms": plural(facts.counts["lexicon_terms_count"], "lexicon term"),
        "rules": plural(facts.counts["rules_count"], "rule"),
        "labels": plural(facts.counts["labels_count"], "labelled text"),
        "labels_version": facts.labels_version,
        "model_version": facts.model_version,
        "threat_threshold": score(facts.threat_threshold),
        "review_threshold": score(facts.review_threshold),
        **{
            f"{kind}_ads": plural(facts.counts[f"{kind}_ads_count"], "ad")
            for kind in ("reported", "by_az", "review")
        },
        "mark": SAMPLE_MARK if facts.is_invented else "",
    }
    return {name: clean(str(text)) for name, text in texts.items()}


def library_names(facts: Facts) -> str:
    """The libraries searched, in words."""
    names = [library_name(library) for library in sorted(facts.libraries)]
    if facts.is_invented:
        names = [f"invented sample in the form of {name}" for name in names]
    return listed(names) if names else "no library"


def rule_row(rule: Row) -> list[str]:
    """One line of the table of rules."""
    return [
        clean(str(text))
        for text in (
            rule["rule_id"],
            f"{rule['code']}: {rule['rule_title']}",
            rule["severity"],
            rule["rule_status"],
            f"{rule['flagged_ads_count'] or 0:,}",
            rule["known_false_positives"] or "none recorded",
        )
    ]


def experimental(rules: list[Row]) -> str:
    """Names the rules that are still on trial."""
    ids = [rule["rule_id"] for rule in rules if rule["rule_status"] == "experimental"]
    if not ids:
        return "No rule in force is experimental."
    if len(ids) == len(rules):
        return f"All {len(rules)} rules in force are experimental: {WHY_EXPERIMENTAL}"
    return (
        f"{len(ids)} of {len(rules)} rules are experimental: {WHY_EXPERIMENTAL} "
        f"These are {listed(ids)}."
    )


def coverage(runs: list[Row]) -> dict[str, Any]:
    """The newest runs of collection, and how many older ones are not listed."""
    rows = [
        [clean(str(text)) for text in coverage_row(run)] for run in runs[:MOST_RUNS]
    ]
    return {"rows": rows, "left_out": max(len(runs) - MOST_RUNS, 0)}


def coverage_row(run: Row) -> list[str]:
    """One run: what was asked for, when answers came, how many, and what is missing."""
    ends = (moment(run["first_received_epoch"]), moment(run["last_received_epoch"]))
    times = [f"{end:%Y-%m-%d %H:%M}" if end else "none" for end in ends]
    status = run["run_status"] or "unknown"
    missing = f"; missing: {run['missing_text']}" if run["missing_text"] else ""
    return [
        f"{library_name(run['library'])}, {run['run_id']}",
        " ".join(run["requested_country_codes"] or []) or "not recorded",
        *times,
        f"{status}{missing}",
        *(
            f"{run[name] or 0:,}"
            for name in ("pages_count", "ads_count", "skipped_count")
        ),
    ]
