"""How good the detector was when it was last measured, as tables and one sentence."""

from typing import Any

from reports.clean import clean
from reports.database import Facts, Row
from reports.words import HARD_NEGATIVES, language_name, listed

HELD_OUT, FOLDED = "held-out", "cross-validation"
MEASURES = (
    ("all", "precision", "Precision", "of the flagged texts, how many are threats"),
    ("all", "recall", "Recall", "of the threats, how many are flagged"),
    ("all", "F1", "F1", "precision and recall in one figure, 0 to 1"),
    ("all", "precision or review", "Precision with review",
     "of the texts flagged or sent to review, how many are threats"),
    ("all", "recall or review", "Recall with review",
     "of the threats, how many are flagged or sent to review"),
    ("hard negatives", "false flags", "False flags, hard negatives",
     "of harmless texts in a threat’s own words or on its subjects, how many are "
     "flagged"),
    ("ordinary texts", "false flags", "False flags, ordinary texts",
     "of harmless texts on other matters, how many are flagged"),
)  # fmt: skip
BASELINES = (
    ("all", "this program"),
    ("baseline character n-grams (TF-IDF)", "runs of letters (TF-IDF), no meaning"),
    ("baseline rules alone", "the rules alone, without the score"),
    ("baseline text length", "the length of the text, nothing else"),
)
SHARES = ("precision", "recall", "F1")
# A language with fewer texts in cross-validation gets no figure, one with fewer than
# the codebook asks for (section 9) is named as not established.
FEWEST_TEXTS, ESTABLISHED_TEXTS = 50, 200
FEWEST_OF_CLASS, MOST_CLASSES = 30, 6

Found = dict[tuple[str, str, str], Row]


def quality(rows: list[Row]) -> dict[str, Any]:
    """The tables of the section on quality; empty lists where nothing was measured."""
    found = {(r["split_name"], r["group_name"], r["measure"]): r for r in rows}
    tables = {
        "overall": overall(found),
        "languages": languages(found),
        "classes": classes(found),
        "baselines": baselines(found),
    }
    cleaned = {
        name: [[clean(cell) for cell in row] for row in table]
        for name, table in tables.items()
    }
    return {**cleaned, "not_established": clean(not_established(found))}


def overall(found: Found) -> list[list[str]]:
    """One line per measure: its name, its question, and its value on either split."""
    return [
        [
            name,
            question,
            with_texts(found.get((HELD_OUT, group, measure))),
            with_texts(found.get((FOLDED, group, measure))),
        ]
        for group, measure, name, question in MEASURES
        if (HELD_OUT, group, measure) in found or (FOLDED, group, measure) in found
    ]


def languages(found: Found) -> list[list[str]]:
    """One line per language, the one with most texts first."""
    lines = []
    for group, count in measured_languages(found):
        values = [figure(found.get((FOLDED, group, share))) for share in SHARES]
        held_out = found.get((HELD_OUT, group, "F1"))
        is_few = held_out is None or held_out["texts_count"] < FEWEST_TEXTS
        lines.append(
            [
                language(group),
                f"{count:,}",
                *(values if count >= FEWEST_TEXTS else ["too few"] * len(values)),
                f"{held_out['texts_count']:,}" if held_out else "0",
                "too few" if is_few else figure(held_out),
            ]
        )
    return lines


def measured_languages(found: Found) -> list[tuple[str, int]]:
    """The groups of one language with their texts in cross-validation, most first."""
    groups = [
        (group, int(row["texts_count"]))
        for (split, group, measure), row in found.items()
        if split == FOLDED and measure == "F1" and group.startswith("language ")
    ]
    return sorted(groups, key=lambda pair: (-pair[1], pair[0]))


def not_established(found: Found) -> str:
    """The languages with fewer texts than the codebook asks for, as a sentence."""
    few = [
        f"{language(group)} ({count:,})"
        for group, count in measured_languages(found)
        if count < ESTABLISHED_TEXTS
    ]
    if not few:
        return ""
    return (
        f"Section 9 of the codebook asks for {ESTABLISHED_TEXTS} texts of a language "
        "before a figure on coders is established. By that measure the figures for "
        f"{listed(few)} are not, nor is a held-out one on fewer texts."
    )


def classes(found: Found) -> list[list[str]]:
    """The classes of hard negatives that are flagged wrongly most often."""
    rows = [
        row
        for (split, group, measure), row in found.items()
        if split == FOLDED
        and measure == "false flags"
        and group.removeprefix("class ") in HARD_NEGATIVES
        and row["texts_count"] >= FEWEST_OF_CLASS
    ]
    rows.sort(key=lambda row: (-row["measured_value"], row["group_name"]))
    lines = []
    for row in rows[:MOST_CLASSES]:
        name = row["group_name"].removeprefix("class ")
        texts = f"{row['texts_count']:,}"
        lines.append([name, HARD_NEGATIVES[name], texts, figure(row)])
    return lines


def baselines(found: Found) -> list[list[str]]:
    """The program beside simpler ones, on the held-out texts."""
    return [
        [name, *(figure(found.get((HELD_OUT, group, share))) for share in SHARES)]
        for group, name in BASELINES
        if (HELD_OUT, group, "F1") in found
    ]


def quality_sentence(rows: list[Row], facts: Facts) -> str:
    """Precision and recall on held-out texts for the key figures; empty if unknown."""
    found = {(r["split_name"], r["group_name"], r["measure"]): r for r in rows}
    is_scored = facts.counts["scored_texts_count"] > 0
    group = "all" if is_scored else "baseline rules alone"
    precision = found.get((HELD_OUT, group, "precision"))
    recall = found.get((HELD_OUT, group, "recall"))
    if precision is None or recall is None:
        return ""
    return (
        "On labelled texts that training never touched, "
        f"{'the program was' if is_scored else 'rules without a score were'} right in "
        f"{figure(precision)} of {'its' if is_scored else 'their'} flags and flagged "
        f"{figure(recall)} of the threats (95 % intervals in brackets). Those texts "
        "were written for this project, to be hard; how often the program errs on real "
        "ads is not known."
    )


def language(group: str) -> str:
    """The language of a group, `language az-Cyrl`, in English."""
    return language_name(group.removeprefix("language "))


def with_texts(row: Row | None) -> str:
    """A figure and on how many texts it rests."""
    return "not measured" if row is None else f"{figure(row)} of {row['texts_count']:,}"


def figure(row: Row | None) -> str:
    """A value with its 95 % interval: F1 from 0 to 1, anything else in per cent."""
    if row is None or row["measured_value"] is None:
        return "not measured"
    value, low, high = (
        row[name] for name in ("measured_value", "interval_low", "interval_high")
    )
    if row["measure"] == "F1":
        interval = "" if low is None else f" ({low:.2f}–{high:.2f})"
        return f"{value:.2f}{interval}"
    digits = 1 if value < 0.1 else 0
    shown = f"{value * 100:.{digits}f} %"
    if low is None or high is None:
        return shown
    return f"{shown} ({low * 100:.{digits}f}–{high * 100:.{digits}f})"
