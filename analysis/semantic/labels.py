"""The labelled texts in seeds/labels: read, checked, and split without leakage."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError

FOLDER = Path("seeds/labels")
COLUMNS = (
    "text_id",
    "group_id",
    "language",
    "text",
    "flag",
    "codes",
    "voice",
    "direction",
    "polarity",
    "severity",
    "negative_class",
    "register",
    "note",
)
# Share of the groups that training never sees; decided by the group's name alone.
HELD_OUT_PERCENT = 12
ALLOWED = {
    "flag": {"yes", "no"},
    "voice": {"V1", "V2", "V3", "V4", "V5", "V6", "V7"},
    "direction": {"toward_AZ", "BY_AZ", "third_party", "mutual", "none"},
    "severity": {"0", "1", "2", "3", "4"},
}


@dataclass(frozen=True)
class Label:
    """One text as a coder labelled it, by the codebook's variables."""

    text_id: str
    group_id: str
    language: str
    text: str
    is_threat: bool
    codes: frozenset[str]
    voice: str
    direction: str
    polarity: str
    severity: int
    negative_class: str
    register: str

    @property
    def is_ordinary(self) -> bool:
        """Whether the text neither threatens nor only seems to, as most texts do."""
        return (
            not self.is_threat
            and not self.codes
            and self.negative_class in ("", "everyday")
        )

    @property
    def is_held_out(self) -> bool:
        """Whether the text belongs to the fixed split that training never touches."""
        digest = hashlib.sha256(self.group_id.encode()).digest()
        return int.from_bytes(digest[:4]) % 100 < HELD_OUT_PERCENT

    @property
    def fold(self) -> int:
        """Which of ten folds of the cross-validation the text's group is in."""
        digest = hashlib.sha256(b"fold" + self.group_id.encode()).digest()
        return int.from_bytes(digest[:4]) % 10


def read_labels(folder: Path = FOLDER) -> list[Label]:
    """All labelled texts, by text_id.

    Raises:
        AnalysisError: a row is not as the codebook has it; names file and line.
    """
    labels: dict[str, Label] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise AnalysisError(f"{path}: columns must be {','.join(COLUMNS)}")
            for row in rows:
                label = _label(row, f"{path} line {rows.line_num}")
                if label.text_id in labels:
                    raise AnalysisError(
                        f"{path} line {rows.line_num}: {label.text_id} is used twice"
                    )
                labels[label.text_id] = label
    return [labels[text_id] for text_id in sorted(labels)]


def _label(row: dict[str, str], place: str) -> Label:
    for column, allowed in ALLOWED.items():
        if row[column] not in allowed:
            raise AnalysisError(
                f"{place}: {column} is {row[column]!r}; allowed: "
                f"{', '.join(sorted(allowed))}"
            )
    if not row["text"].strip():
        raise AnalysisError(f"{place}: the text is empty")
    return Label(
        text_id=row["text_id"],
        group_id=row["group_id"],
        language=row["language"],
        text=row["text"],
        is_threat=row["flag"] == "yes",
        codes=frozenset(filter(None, row["codes"].split(";"))),
        voice=row["voice"],
        direction=row["direction"],
        polarity=row["polarity"],
        severity=int(row["severity"]),
        negative_class=row["negative_class"],
        register=row["register"],
    )
