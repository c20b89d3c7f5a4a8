"""Measure the detector on labelled texts: python -m analysis.semantic.evaluate.

Verdicts come from the same SQL models that flag ads; in the cross-validation with
weights that saw nothing of the text's group, on the held-out split with those shipped.
With --reviews data/live the reviewed texts of that archive are among them.
"""

import csv
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.review.labels import labels_with_reviews
from analysis.semantic import baselines
from analysis.semantic.figures import (
    Bools,
    Interval,
    average_precision,
    f1_interval,
    wilson,
)
from analysis.semantic.kernel import weights
from analysis.semantic.labels import Label
from analysis.semantic.train import (
    CACHE,
    FOLDER,
    centres_table,
    model_table,
    passages_of,
    reviews_asked_for,
    targets_of,
)
from analysis.semantic.written import Figure, write_evaluation
from analysis.texts import database_of_texts

log = logging.getLogger(__name__)


class Judged(NamedTuple):
    """A label and what the detector said of its text."""

    label: Label
    verdict: str
    score: float
    rule_verdict: str
    codes: frozenset[str]


def main() -> int:
    """Measure on both splits and write EVALUATION.md and the seed table."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        labels = labels_with_reviews(reviews_asked_for("evaluate"))
        seen = [label for label in labels if not label.is_held_out]
        held_out = [label for label in labels if label.is_held_out]
        crossed = list(judged_in_folds(seen))
        kept = judged(held_out)
        guesses = baselines.guesses(seen, held_out)
    except AnalysisError as error:
        log.error("evaluate: %s", error)
        return 1
    figures = [
        *figures_of("cross-validation", crossed),
        *figures_of("held-out", kept),
        *baseline_figures(kept, guesses),
    ]
    with (FOLDER / "evaluation.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Figure._fields)
        writer.writerows(figures)
    write_evaluation(figures, Path("analysis/EVALUATION.md"))
    return 0


def judged(
    labels: list[Label], given: dict[str, pa.Table] | None = None
) -> list[Judged]:
    """The SQL models' verdict on every label's text."""
    wanted = ["flags.text_flags", "hits.text_scores", "text.ad_texts"]
    texts = {label.text_id: label.text for label in labels}
    with database_of_texts(texts, wanted, CACHE, given) as connection:
        rows = connection.execute(
            "select ad_texts.ad_id, coalesce(text_flags.text_verdict, 'none'), "
            "coalesce(text_scores.threat_score, -1), "
            "coalesce(rule_verdicts.rule_verdict, 'none'), "
            "coalesce(text_flags.codes, []) from text.ad_texts "
            "left join flags.text_flags using (text_hash) "
            "left join hits.text_scores using (text_hash) "
            "left join flags.rule_verdicts using (text_hash)"
        ).fetchall()
    said = {row[0]: row[1:] for row in rows}
    return [
        Judged(label, verdict, score, rules, frozenset(codes))
        for label in labels
        for verdict, score, rules, codes in [said[label.text_id]]
    ]


def judged_in_folds(labels: list[Label]) -> Iterator[Judged]:
    """Verdicts by ten models, each of which saw nothing of the fold it judges."""
    points, targets = passages_of(labels).whole, targets_of(labels)
    folds = np.array([label.fold for label in labels])
    for fold in range(10):
        seen = folds != fold
        weight, bias = weights(points[seen], targets[seen])
        known = [label for label in labels if label.fold != fold]
        given = {
            "staging.semantic_centres": centres_table(known, points[seen], weight),
            "staging.semantic_model": model_table(FOLDER, bias),
        }
        yield from judged([label for label in labels if label.fold == fold], given)


def figures_of(split: str, texts: list[Judged]) -> Iterator[Figure]:
    """Every figure of one split: overall, and by language, code and negative class."""
    yield from _group(split, "all", texts)
    yield from _by(split, "language", texts, lambda text: text.label.language)
    yield from _by(split, "register", texts, lambda text: text.label.register)
    for code in sorted({code for text in texts for code in text.label.codes}):
        threats = [
            text for text in texts if text.label.is_threat and code in text.label.codes
        ]
        if threats:
            flagged = sum(text.verdict == "threat" for text in threats)
            yield _share(split, f"code {code}", "recall", flagged, len(threats))
    negatives = [text for text in texts if not text.label.is_threat]
    hard = [text for text in negatives if text.label.negative_class]
    ordinary = [text for text in negatives if not text.label.negative_class]
    for name, group in (("hard negatives", hard), ("ordinary texts", ordinary)):
        yield _false_flags(split, name, group)
    for name in sorted({text.label.negative_class for text in hard}):
        group = [text for text in hard if text.label.negative_class == name]
        yield _false_flags(split, f"class {name}", group)


def _by(
    split: str, kind: str, texts: list[Judged], key: Callable[[Judged], str]
) -> Iterator[Figure]:
    for name in sorted({key(text) for text in texts}):
        group = [text for text in texts if key(text) == name]
        if any(text.label.is_threat for text in group):
            yield from _group(split, f"{kind} {name}", group)


def _group(split: str, name: str, texts: list[Judged]) -> Iterator[Figure]:
    truth = np.array([text.label.is_threat for text in texts])
    for suffix, verdicts in (("", {"threat"}), (" or review", {"threat", "review"})):
        flagged = np.array([text.verdict in verdicts for text in texts])
        right, said, real = (
            int((flagged & truth).sum()),
            int(flagged.sum()),
            int(truth.sum()),
        )
        if said:
            yield _share(split, name, f"precision{suffix}", right, said)
        yield _share(split, name, f"recall{suffix}", right, real)
        yield _figure(
            split, name, f"F1{suffix}", f1_interval(flagged, truth), len(texts)
        )
    score = np.array([text.score for text in texts])
    value = average_precision(score, truth)
    yield Figure(split, name, "average precision", value, value, value, len(texts))


def baseline_figures(
    texts: list[Judged],
    guesses: dict[str, Bools],
) -> Iterator[Figure]:
    """What simpler detectors reach on the held-out split."""
    truth = np.array([text.label.is_threat for text in texts])
    rules = np.array([text.rule_verdict == "threat" for text in texts])
    for name, flagged in {"rules alone": rules, **guesses}.items():
        right, said = int((flagged & truth).sum()), int(flagged.sum())
        group = f"baseline {name}"
        if said:
            yield _share("held-out", group, "precision", right, said)
        yield _share("held-out", group, "recall", right, int(truth.sum()))
        yield _figure("held-out", group, "F1", f1_interval(flagged, truth), len(texts))


def _false_flags(split: str, name: str, texts: list[Judged]) -> Figure:
    flagged = sum(text.verdict == "threat" for text in texts)
    return _share(split, name, "false flags", flagged, len(texts))


def _share(split: str, group: str, measure: str, part: int, whole: int) -> Figure:
    return _figure(split, group, measure, wilson(part, whole), whole)


def _figure(
    split: str, group: str, measure: str, interval: Interval, count: int
) -> Figure:
    value, low, high = (round(bound, 4) for bound in interval)
    return Figure(split, group, measure, value, low, high, count)


if __name__ == "__main__":
    sys.exit(main())
