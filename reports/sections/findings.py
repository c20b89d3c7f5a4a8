"""Five numbered findings, each a number and its range, and what changed."""

from typing import Any

from reports.blocks import Block, finding, heading, note, paragraph, table
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import Language
from reports.sections.quality import quality_sentence

COUNTS = {
    "examined": "ads_count",
    "flagged": "flagged_ads_count",
    "high": "high_ads_count",
    "near": "near_ads_count",
    "reported": "reported_ads_count",
    "by_az": "by_az_ads_count",
}


def blocks(edition: Edition) -> list[Block]:
    """The findings, the change against the period before, and how sure all is."""
    facts, say = edition.facts, edition.facts.say
    counts = facts.counts
    if not counts["ads_count"]:
        return [finding(1, say("findings.none_head"), say("findings.none"))]
    spends = edition.table("spend_totals")
    if counts["flagged_ads_count"]:
        weeks = edition.table("weeks")
        (impressions,) = edition.table("impressions_total")
        texts = [
            flagged(facts, weeks),
            high(facts),
            audience(facts),
            spend(spends, say),
            impressions_of(impressions, say),
        ]
    else:
        texts = [no_flags(facts)]
    found = [finding(n, head, text) for n, (head, text) in enumerate(texts, 1)]
    return [*found, *change(edition, spends), *sureness(edition)]


def no_flags(facts: Facts) -> tuple[str, str]:
    """That nothing was flagged among so many ads."""
    say, counts = facts.say, facts.counts
    text = say(
        "findings.no_flags",
        examined=say.count(counts["ads_count"], "ad"),
        advertisers=say.count(counts["advertisers_count"], "advertiser"),
    )
    return say("findings.no_flags_head"), text


def flagged(facts: Facts, weeks: list[Row]) -> tuple[str, str]:
    """How many ads are flagged: with both voices, with either, and in a week."""
    say, counts = facts.say, facts.counts
    a_week = [row["flagged_ads_count"] for row in weeks] or [0]
    reviewed = "_reviewed" if facts.settings.reviewed_only else ""
    head = say(
        f"findings.flagged_head{reviewed}",
        count=say.count(counts["flagged_ads_count"], "ad"),
        examined=say.number(counts["ads_count"]),
    )
    text = say(
        "findings.flagged",
        texts=say.count(counts["flagged_texts_count"], "distinct_text"),
        advertisers=say.count(counts["flagged_advertisers_count"], "advertiser"),
        agreed=say.number(counts["agreed_ads_count"]),
        agreed_number=say.number(counts["agreed_ads_count"]),
        number=say.number(counts["flagged_ads_count"]),
        least=say.number(min(a_week)),
        most=say.count(max(a_week), "flagged_ad"),
    )
    return head, text


def high(facts: Facts) -> tuple[str, str]:
    """How many of the flagged ads are more than veiled."""
    say, counts = facts.say, facts.counts
    count, total = counts["high_ads_count"], counts["flagged_ads_count"]
    head = say("findings.high_head", count=say.number(count), total=say.number(total))
    text = say(
        "findings.high",
        agreed=say.number(counts["high_agreed_ads_count"]),
        count=say.number(count),
        rest=say.number(total - count),
    )
    return head, text


def audience(facts: Facts) -> tuple[str, str]:
    """From the ads that a platform confirms to those with probable evidence."""
    say, counts = facts.say, facts.counts
    low, high_ = counts["level_4_ads_count"], counts["near_ads_count"]
    numbers = {"low": say.number(low), "high": say.number(high_)}
    total = counts["flagged_ads_count"]
    head = say(
        "findings.audience_head",
        range=say.short_bounds(low, high_, ""),
        total=say.number(total),
    )
    text = say(
        "findings.audience",
        three=say.number(counts["level_3_ads_count"]),
        two=say.number(counts["level_2_ads_count"]),
        rest=say.number(total - high_),
        **numbers,
    )
    return head, text


def spend(totals: list[Row], say: Language) -> tuple[str, str]:
    """The whole range of spend in each currency, and what is not disclosed."""
    known = [row for row in totals if row["currency_code"]]
    parts = [spend_of(row, say) for row in known]
    hidden = sum(row["undisclosed_ads_count"] for row in totals)
    if not parts:
        head = say("findings.spend_head_none")
        return head, say(
            "findings.spend", parts=head, hidden=unknown("spend", hidden, say)
        )
    ranges = "; ".join(spend_range(row, say) for row in known)
    head = say("findings.spend_head", range=ranges)
    text = say(
        "findings.spend",
        parts=capital("; ".join(parts)),
        hidden=unknown("spend", hidden, say),
    )
    return head, text


def unknown(figure: str, count: int, say: Language) -> str:
    """For how many flagged ads a figure is not disclosed, if for any."""
    ads = say.count(count, "flagged_ad")
    return say(f"findings.{figure}_hidden", ads=ads) if count else ""


def spend_range(row: Row, say: Language) -> str:
    """The sums of a currency in short, an open end open."""
    return say.short_bounds(row["spend_min"], row["spend_max"], row["currency_code"])


def spend_of(row: Row, say: Language) -> str:
    """The sum of the lower bounds, and of the upper ones where none is missing."""
    ads = say.count(row["ads_count"], "ad")
    low, high_, unit = row["spend_min"], row["spend_max"], row["currency_code"]
    if high_ is None and low is not None:
        fields = {"low": say.amount(low), "unit": unit, "ads": ads}
        missing = row["open_ads_count"]
        return say.of(
            missing, "findings.spend_open", missing=say.number(missing), **fields
        )
    return say("findings.spend_closed", range=say.bounds(low, high_, unit), ads=ads)


def impressions_of(row: Row, say: Language) -> tuple[str, str]:
    """The whole range of impressions."""
    if not row["known_ads_count"]:
        head = say("findings.impressions_head_none")
    else:
        bounds = say.bounds(row["impressions_min"], row["impressions_max"])
        head = say("findings.impressions_head", range=bounds)
    text = say(
        "findings.impressions",
        known=say.count(row["known_ads_count"], "flagged_ad"),
        hidden=unknown("impressions", row["undisclosed_ads_count"], say),
    )
    return head, text


def change(edition: Edition, spends: list[Row]) -> list[Block]:
    """The period beside the one before, or why that is not known."""
    facts, say = edition.facts, edition.facts.say
    title = heading(say("findings.change_heading"))
    before = facts.period.before
    if before is None:
        return [title, paragraph(say("findings.change_whole"))]
    dates = say.days(before.since, before.until)
    is_whole, was_whole = were_collected(edition)
    if not was_whole:
        return [title, paragraph(say("findings.change_unknown", period=dates))]
    (counts,) = edition.rows_before("period_counts")
    rows = [
        change_row(key, facts.counts[n], counts[n], say) for key, n in COUNTS.items()
    ]
    rows += spend_rows(spends, edition.rows_before("spend_totals"), say)
    head = say.entry("findings.change_table")
    now, then = facts.counts["flagged_ads_count"], counts["flagged_ads_count"]
    sentence = say(
        f"findings.change_flagged{'_same' if now == then else ''}",
        now=say.count(now, "flagged_ad"),
        difference=say.difference(now, then),
        before=say.number(then),
        period=dates,
    )
    return [
        title,
        paragraph(sentence),
        table(head, rows, [1.4, 1, 1, 0.7], "123"),
        note(say("findings.change_note", period=dates)),
        *([] if is_whole else [paragraph(say("findings.change_partly"))]),
    ]


def were_collected(edition: Edition) -> tuple[bool, bool]:
    """Whether every day of the period, and of the one before, was collected whole.

    Every library counts that was collected on any day of the period.
    """
    now, then = (
        {row["library"]: row["covered_days_count"] for row in rows}
        for rows in (edition.table("covered_days"), edition.rows_before("covered_days"))
    )
    used = [library for library, days in now.items() if days]
    return (
        bool(used) and all(now[one] == edition.facts.period.days for one in used),
        bool(used)
        and edition.facts.period.before is not None
        and all(then.get(one) == edition.facts.period.before.days for one in used),
    )


def change_row(key: str, now: int, then: int, say: Language) -> list[Any]:
    """One count of both periods and their difference."""
    difference = say.number(now - then)
    sign = "+" if now > then else ""
    return [
        say(f"findings.changes.{key}"), say.number(now), say.number(then),
        f"{sign}{difference}",
    ]  # fmt: skip


def spend_rows(now: list[Row], then: list[Row], say: Language) -> list[list[Any]]:
    """The ranges of both periods for each currency of either."""
    codes = sorted({r["currency_code"] for r in [*now, *then] if r["currency_code"]})
    rows = []
    for code in codes:
        cells = [say("findings.changes.spend", unit=code)]
        for side in (now, then):
            own = [row for row in side if row["currency_code"] == code]
            none = say("findings.change_no_ads")
            cells.append(spend_range(own[0], say) if own else none)
        rows.append([*cells, ""])
    return rows


def sureness(edition: Edition) -> list[Block]:
    """Quality, review, and what is counted apart."""
    facts, say, counts = edition.facts, edition.facts.say, edition.facts.counts
    reviewed, total = counts["reviewed_ads_count"], counts["flagged_ads_count"]
    key = "some" if reviewed else "none"
    review = say(
        f"findings.review_{key}", reviewed=say.number(reviewed), total=say.number(total)
    )
    if waiting := counts["review_ads_count"]:
        review += " " + say.of(
            waiting, "findings.waiting", ads=say.count(waiting, "ad")
        )
    quality = quality_sentence(edition.table("evaluation"), facts)
    apart = say(
        "findings.apart",
        reported=say.count(counts["reported_ads_count"], "ad"),
        by_az=say.count(counts["by_az_ads_count"], "ad"),
        challenges=say.count(counts["challenge_ads_count"], "ad"),
    )
    undated = counts["undated_ads_count"] if facts.period.name else 0
    return [
        heading(say("findings.sure_heading")),
        *([paragraph(quality)] if quality else []),
        *([paragraph(review)] if total else []),
        heading(say("findings.apart_heading")),
        paragraph(apart),
        *(
            [note(say.of(undated, "findings.undated", ads=say.count(undated, "ad")))]
            if undated
            else []
        ),
    ]


def capital(text: str) -> str:
    """`text` with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
