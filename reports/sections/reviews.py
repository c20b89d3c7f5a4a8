"""What people who reviewed ads found: how far they agree, how often flags are right."""

from typing import Any

from reports.blocks import Block, heading, lead, paragraph, table
from reports.database import Row
from reports.edition import Edition
from reports.language import Language

MOST_NAMED = 20
# On fewer texts the interval of a language or class is too wide to say anything.
LEAST_TEXTS = 10


def review_blocks(edition: Edition) -> list[Block]:
    """The chart of outcomes; after any review its figures and flags taken back."""
    say = edition.facts.say
    found = [heading(say("reviews.heading")), edition.chart("review_outcome")]
    lines = figures(edition.table("review_quality"), say)
    if lines:
        found += [
            lead(say("reviews.note", least=say.number(LEAST_TEXTS))),
            table(say.entry("reviews.head"), lines, [1, 2.4, 0, 0, 0, 0], "34"),
        ]
    if back := taken_back(edition.table("other_verdicts"), say):
        found.append(paragraph(back))
    return found


def figures(rows: list[Row], say: Language) -> list[list[Any]]:
    """One line per figure: of what, its question, value, texts, coders, and standing.

    Empty before any review. Alpha by language stands for the flag only, and what is
    not known for the flag on all texts; groups of few texts are left out.
    """
    return [line(row, say) for row in rows if is_shown(row)]


def is_shown(row: Row) -> bool:
    """Whether a figure says enough for a line of its own."""
    is_all, is_flag = row["group_name"] == "all", row["review_variable"] == "flag"
    if row["review_value"] is None:
        return bool(is_all and is_flag)
    return bool(is_all or (is_flag and row["texts_count"] >= LEAST_TEXTS))


def line(row: Row, say: Language) -> list[Any]:
    """One figure in words."""
    variable = say.name("reviews.variables", row["review_variable"])
    question = say.name("reviews.questions", row["review_measure"])
    return [
        group(row["group_name"], say),
        question.format(variable=variable),
        figure(row, say),
        say.number(row["texts_count"]),
        say.number(row["coders_count"]),
        say.name("reviews.standings", row["reliability"]),
    ]


def group(name: str, say: Language) -> str:
    """Which texts: all, those of a language, or of a class of hard negatives."""
    kind, _, which = name.partition(" ")
    if kind == "language":
        return say.language_name("" if which == "other" else which)
    if kind == "class":
        return f"{which}: {say.name('hard_negatives', which, which)}"
    return say("reviews.all_texts")


def figure(row: Row, say: Language) -> str:
    """Alpha with two decimals, shares in per cent; an interval where one is known."""
    value, low, high = (row[f"review_{name}"] for name in ("value", "low", "high"))
    if value is None:
        return say("reviews.unknown")
    is_alpha = row["review_measure"] == "alpha"
    shown = say.number(value, 2) if is_alpha else say.percent(value)
    if low is None or high is None:
        return shown
    scale, digits = (1, 2) if is_alpha else (100, 0)
    ends = (say.number(end * scale, digits) for end in (low, high))
    return f"{shown} ({'–'.join(ends)})"


def taken_back(ads: list[Row], say: Language) -> str:
    """Which ads are no flags any more, or none yet, because people said so."""
    parts = []
    for verdict in ("reviewed_no", "contested"):
        ids = [ad["ad_id"] for ad in ads if ad["text_verdict"] == verdict]
        if ids:
            named = ", ".join(ids[:MOST_NAMED])
            more = f" + {len(ids) - MOST_NAMED}" if len(ids) > MOST_NAMED else ""
            count = say.count(len(ids), "ad")
            parts.append(say(f"reviews.{verdict}", ads=count, ids=named + more))
    return " ".join(parts)
