"""What was collected and what was not: counts, runs, changes of policy, limits."""

from typing import Any

from reports.blocks import Block, bullets, heading, lead, linked, note, paragraph, table
from reports.database import Facts, Row, moment
from reports.edition import Edition
from reports.language import Language, safe_url

MOST_RUNS = 12


def blocks(edition: Edition) -> list[Block]:
    """Counts, the runs of collection, policy changes, and what nobody can see."""
    facts, say, counts = edition.facts, edition.facts.say, edition.facts.counts
    found = []
    if facts.first_started_date:
        text = say(
            "coverage.text",
            ads=say.count(counts["ads_count"], "ad"),
            advertisers=say.count(counts["advertisers_count"], "advertiser"),
            texts=say.count(counts["texts_count"], "distinct_text"),
            period=say.days(facts.first_started_date, facts.last_started_date),
        )
        found.append(paragraph(text))
    if ends_after_cut_off(facts):
        cut_off = say.moment(facts.last_collected_at)
        found.append(paragraph(say("coverage.after_cut_off", cut_off=cut_off)))
    return [
        *found,
        *runs(edition.table("library_coverage"), say),
        edition.chart("coverage_strip"),
        *policies(edition.table("policy_changes"), say),
        heading(say("coverage.limits")),
        bullets(say.entry("coverage.limit_list")),
    ]


def ends_after_cut_off(facts: Facts) -> bool:
    """Whether days of the period lie after the end of collection."""
    until, cut_off = facts.period.until, facts.last_collected_at
    return until is not None and cut_off is not None and until >= cut_off.date()


def runs(rows: list[Row], say: Language) -> list[Block]:
    """The newest runs of collection, and how many older ones are not listed."""
    if not rows:
        return [paragraph(say("coverage.none"))]
    head = say.entry("coverage.head")
    lines = [run_line(run, say) for run in rows[:MOST_RUNS]]
    found = [
        lead(say("coverage.note")),
        table(head, lines, [1.3, 0, 0, 0, 1, 0, 0, 0], "567"),
    ]
    if left_out := len(rows) - len(lines):
        found.append(note(say("coverage.left_out", count=say.number(left_out))))
    return found


def run_line(run: Row, say: Language) -> list[Any]:
    """One run: what was asked for, when answers came, how many, and what is missing."""
    ends = (moment(run["first_received_epoch"]), moment(run["last_received_epoch"]))
    times = [
        f"{end:%Y-%m-%d %H:%M}" if end else say("coverage.no_time") for end in ends
    ]
    code = run["run_status"] or ""
    status = say.name("coverage.statuses", code, code or say("coverage.not_recorded"))
    if run["missing_text"]:
        status = say("coverage.missing", status=status, missing=run["missing_text"])
    return [
        f"{say.library_name(run['library'])}, {run['run_id']}",
        " ".join(run["requested_country_codes"] or []) or say("coverage.not_recorded"),
        *times,
        status,
        *(
            say.number(run[name] or 0)
            for name in ("pages_count", "ads_count", "skipped_count")
        ),
    ]


def policies(rows: list[Row], say: Language) -> list[Block]:
    """Dated decisions across which counts cannot simply be compared."""
    if not rows:
        return []
    lines: list[list[Any]] = [
        [
            say.short_date(row["policy_date"]),
            say.library_name(row["library"]) if row["library"] else "–",
            say.own(row, "policy_text"),
            linked(address_name(row["policy_url"]), safe_url(row["policy_url"])),
        ]
        for row in rows
    ]
    head = say.entry("coverage.policies_head")
    return [
        heading(say("coverage.policies")),
        lead(say("coverage.policies_note")),
        table(head, lines, [0, 1, 2, 1]),
    ]


def address_name(url: str | None) -> str:
    """The host of an address, which is short enough to print."""
    return (url or "").partition("//")[2].partition("/")[0].removeprefix("www.")
