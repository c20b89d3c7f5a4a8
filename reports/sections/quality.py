"""How good the detector was when it was last measured, as tables and one sentence."""

from typing import Any

from reports.blocks import Block, bullets, heading, lead, note, paragraph, table
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import Language
from reports.sections.reviews import review_blocks

HELD_OUT, FOLDED = "held-out", "cross-validation"
# Group and measure as marts.evaluation names them, and their place in the words.
MEASURES = (
    ("all", "precision", "precision"),
    ("all", "recall", "recall"),
    ("all", "F1", "f1"),
    ("all", "precision or review", "precision_review"),
    ("all", "recall or review", "recall_review"),
    ("hard negatives", "false flags", "hard"),
    ("ordinary texts", "false flags", "ordinary"),
)
BASELINES = (
    ("all", "program"),
    ("baseline character n-grams (TF-IDF)", "letters"),
    ("baseline rules alone", "rules"),
    ("baseline text length", "length"),
)
SHARES = ("precision", "recall", "F1")
# A language with fewer texts in cross-validation gets no figure, one with fewer than
# the codebook asks for (section 9) is named as not established.
FEWEST_TEXTS, ESTABLISHED_TEXTS = 50, 200
FEWEST_OF_CLASS, MOST_CLASSES = 30, 6

Found = dict[tuple[str, str, str], Row]


def blocks(edition: Edition) -> list[Block]:
    """The tables of what was measured, or that nothing was."""
    say = edition.facts.say
    found = by_measure(edition.table("evaluation"))
    lines = overall(found, say)
    reviews = review_blocks(edition)
    if not lines:
        return [paragraph(say("quality.none")), *reviews]
    is_scored = edition.facts.counts["scored_texts_count"] > 0
    text = say("quality.text") + ("" if is_scored else " " + say("quality.no_score"))
    return [
        paragraph(text),
        table(say.entry("quality.head"), lines, [0, 1, 0, 0]),
        note(say("quality.note")),
        heading(say("quality.limits_heading")),
        bullets(say.entry("quality.limits")),
        *languages(found, say),
        *classes(found, say),
        *baselines(found, say),
        *reviews,
    ]


def by_measure(rows: list[Row]) -> Found:
    """The rows by split, group and measure."""
    return {(r["split_name"], r["group_name"], r["measure"]): r for r in rows}


def overall(found: Found, say: Language) -> list[list[Any]]:
    """One line per measure: its name, its question, and its value on either split."""
    return [
        [
            *say.entry(f"quality.measures.{key}"),
            with_texts(found.get((HELD_OUT, group, measure)), say),
            with_texts(found.get((FOLDED, group, measure)), say),
        ]
        for group, measure, key in MEASURES
        if (HELD_OUT, group, measure) in found or (FOLDED, group, measure) in found
    ]


def languages(found: Found, say: Language) -> list[Block]:
    """One line per language, the one with most texts first."""
    lines: list[list[Any]] = []
    for group, count in measured_languages(found):
        values = [figure(found.get((FOLDED, group, share)), say) for share in SHARES]
        held_out = found.get((HELD_OUT, group, "F1"))
        is_few = held_out is None or held_out["texts_count"] < FEWEST_TEXTS
        few = say("quality.too_few")
        lines.append(
            [
                language(group, say),
                say.number(count),
                *(values if count >= FEWEST_TEXTS else [few] * len(values)),
                say.number(held_out["texts_count"] if held_out else 0),
                few if is_few else figure(held_out, say),
            ]
        )
    if not lines:
        return []
    head = say.entry("quality.languages_head")
    explained = say(
        "quality.languages_note",
        fewest=FEWEST_TEXTS,
        not_established=not_established(found, say),
    )
    return [
        heading(say("quality.languages_heading")),
        lead(explained),
        table(head, lines, [1, 0, 0, 0, 0, 0, 0], "15"),
    ]


def measured_languages(found: Found) -> list[tuple[str, int]]:
    """The groups of one language with their texts in cross-validation, most first."""
    groups = [
        (group, int(row["texts_count"]))
        for (split, group, measure), row in found.items()
        if split == FOLDED and measure == "F1" and group.startswith("language ")
    ]
    return sorted(groups, key=lambda pair: (-pair[1], pair[0]))


def not_established(found: Found, say: Language) -> str:
    """The languages with fewer texts than the codebook asks for, as a sentence."""
    few = [
        f"{language(group, say)} ({say.number(count)})"
        for group, count in measured_languages(found)
        if count < ESTABLISHED_TEXTS
    ]
    if not few:
        return ""
    names = say.listed(few)
    return say("quality.not_established", least=ESTABLISHED_TEXTS, languages=names)


def classes(found: Found, say: Language) -> list[Block]:
    """The classes of hard negatives that are flagged wrongly most often."""
    names = say.entry("hard_negatives")
    rows = [
        row
        for (split, group, measure), row in found.items()
        if split == FOLDED
        and measure == "false flags"
        and group.removeprefix("class ") in names
        and row["texts_count"] >= FEWEST_OF_CLASS
    ]
    rows.sort(key=lambda row: (-row["measured_value"], row["group_name"]))
    lines: list[list[Any]] = []
    for row in rows[:MOST_CLASSES]:
        name = row["group_name"].removeprefix("class ")
        count = say.number(row["texts_count"])
        lines.append([name, names[name], count, figure(row, say)])
    if not lines:
        return []
    return [
        heading(say("quality.classes_heading")),
        lead(say("quality.classes_note", fewest=FEWEST_OF_CLASS)),
        table(say.entry("quality.classes_head"), lines, [0, 1, 0, 0], "2"),
    ]


def baselines(found: Found, say: Language) -> list[Block]:
    """The program beside simpler ones, on the held-out texts."""
    lines: list[list[Any]] = [
        [
            say(f"quality.baselines.{key}"),
            *(figure(found.get((HELD_OUT, group, share)), say) for share in SHARES),
        ]
        for group, key in BASELINES
        if (HELD_OUT, group, "F1") in found
    ]
    if not lines:
        return []
    return [
        heading(say("quality.baselines_heading")),
        lead(say("quality.baselines_note")),
        table(say.entry("quality.baselines_head"), lines, [1.4, 1, 1, 1]),
    ]


def quality_sentence(rows: list[Row], facts: Facts) -> str:
    """Precision and recall on held-out texts for the findings; empty if unknown."""
    found, say = by_measure(rows), facts.say
    is_scored = facts.counts["scored_texts_count"] > 0
    group = "all" if is_scored else "baseline rules alone"
    precision = found.get((HELD_OUT, group, "precision"))
    recall = found.get((HELD_OUT, group, "recall"))
    if precision is None or recall is None:
        return ""
    return say(
        "findings.quality",
        who=say(f"findings.quality_{'program' if is_scored else 'rules'}"),
        precision=figure(precision, say),
        recall=figure(recall, say),
    )


def language(group: str, say: Language) -> str:
    """The name of the language of a group, `language az-Cyrl`."""
    return say.language_name(group.removeprefix("language "))


def with_texts(row: Row | None, say: Language) -> str:
    """A figure and on how many texts it rests."""
    if row is None:
        return say("quality.not_measured")
    count = say.number(row["texts_count"])
    return say("quality.of_texts", figure=figure(row, say), count=count)


def figure(row: Row | None, say: Language) -> str:
    """A value with its 95 % interval: F1 from 0 to 1, anything else in per cent."""
    if row is None or row["measured_value"] is None:
        return say("quality.not_measured")
    value, low, high = (
        row[name] for name in ("measured_value", "interval_low", "interval_high")
    )
    has_interval = low is not None and high is not None
    if row["measure"] == "F1":
        interval = f" ({say.number(low, 2)}–{say.number(high, 2)})"
        return say.number(value, 2) + (interval if has_interval else "")
    digits = 1 if value < 0.1 else 0
    shown = say.percent(value, digits)
    if not has_interval:
        return shown
    return f"{shown} ({say.number(low * 100, digits)}–{say.number(high * 100, digits)})"
