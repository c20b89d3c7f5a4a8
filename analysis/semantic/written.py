"""The measured figures as a page that people read."""

from pathlib import Path
from typing import NamedTuple

HEAD = """# How good the detector is

Written by `make evaluate`; do not edit. The labelled texts in `seeds/labels` were
written for this project, most of them by one coder, and are harder than ordinary ads:
more than half of the harmless ones use a threat's own words. **Cross-validation**
judges every text by a model that saw nothing of its group; **held-out** is a fixed
split, by group, that training and the choice of thresholds never touch. The lexicon was
written with the training texts in view, so cross-validation is a little kind: quote
held-out. Intervals are 95 %: Wilson's for shares, bootstrap for F1. Figures on real ads
need reviewed ads, which do not exist yet.
"""
TABLES = (
    ("Overall", ("all", "hard negatives", "ordinary texts")),
    ("By language", ("language ",)),
    ("By register", ("register ",)),
    ("Recall by code", ("code ",)),
    ("False flags by class of hard negative", ("class ",)),
    ("Simpler detectors on the same held-out texts", ("baseline ",)),
)


class Figure(NamedTuple):
    """One measured figure over `texts` texts, with its 95 % interval."""

    split: str
    group: str
    measure: str
    value: float
    low: float
    high: float
    texts: int


def write_evaluation(figures: list[Figure], path: Path) -> None:
    """Write the page with one table per topic."""
    parts = [HEAD]
    for title, beginnings in TABLES:
        rows = [row for row in figures if row.group.startswith(beginnings)]
        parts.append(f"\n## {title}\n")
        parts.append("| split | group | measure | value | 95 % interval | texts |")
        parts.append("|---|---|---|---|---|---|")
        parts.extend(map(_line, rows))
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _line(row: Figure) -> str:
    interval = "" if row.low == row.high else f"{row.low:.3f}–{row.high:.3f}"
    return (
        f"| {row.split} | {row.group} | {row.measure} | {row.value:.3f} "
        f"| {interval} | {row.texts} |"
    )
