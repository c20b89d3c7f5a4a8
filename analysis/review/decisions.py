"""One decision of one coder on one text: its columns, and what makes it valid."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from analysis.errors import AnalysisError
from analysis.review import codebook

COLUMNS = (
    "decision_id",
    "coder_id",
    "decided_at",
    "review_pass",
    "review_round",
    "queue",
    "stratum",
    "stratum_texts_count",
    "text_hash",
    "codes",
    "voice",
    "polarity",
    "direction",
    "threat_target",
    "severity",
    "coder_confidence",
    "decision",
    "negative_class",
    "review_note",
    "codebook_version",
    "is_withdrawn",
    "translation",
)
ALLOWED: dict[str, Mapping[str, str]] = {
    "review_pass": codebook.PASSES,
    "voice": codebook.VOICES,
    "polarity": codebook.POLARITIES,
    "direction": codebook.DIRECTIONS,
    "threat_target": codebook.TARGETS,
    "severity": codebook.SEVERITIES,
    "coder_confidence": codebook.CONFIDENCES,
    "negative_class": {"": "", **codebook.NEGATIVE_CLASSES},
    "is_withdrawn": {"yes": "", "no": ""},
}
SHAPES = {
    "coder_id": r"[a-z][a-z0-9_-]{1,15}",
    "decision_id": r"[a-z][a-z0-9_-]{1,15}-[0-9]{5}",
    "decided_at": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z",
    "review_round": r"[1-9][0-9]?",
    "queue": r"[a-z_]{1,20}",
    "stratum": r"[a-zA-Z-]{0,20}",
    "stratum_texts_count": r"[0-9]{0,9}",
    "text_hash": r"[0-9a-f]{64}",
    "codebook_version": r"[0-9]{1,3}[.][0-9]{1,3}",
}
FORMULA = ("=", "+", "-", "@")
# What a coder writes in their own words, and how long it may be.
LONGEST = {"review_note": 1000, "translation": 5000}


class ReviewError(AnalysisError):
    """A decision is refused; nothing was written."""


@dataclass(frozen=True)
class Decision:
    """One row of a decisions file; `is_withdrawn` once its coder took it back."""

    decision_id: str
    coder_id: str
    decided_at: str
    review_pass: str
    review_round: int
    queue: str
    stratum: str
    stratum_texts_count: int | None
    text_hash: str
    codes: tuple[str, ...]
    voice: str
    polarity: str
    direction: str
    threat_target: str
    severity: int
    coder_confidence: int
    decision: str
    negative_class: str
    review_note: str
    codebook_version: str
    is_withdrawn: bool = False
    translation: str = ""

    @property
    def place(self) -> tuple[str, str, str, int]:
        """What a coder may decide once only: this text in this pass and round."""
        return self.coder_id, self.text_hash, self.review_pass, self.review_round

    def row(self) -> dict[str, str]:
        """The decision as its file has it."""
        values = asdict(self)
        values["codes"] = " ".join(self.codes)
        values["is_withdrawn"] = "yes" if self.is_withdrawn else "no"
        return {
            name: "" if values[name] is None else str(values[name]) for name in COLUMNS
        }


def decision_from(row: Mapping[str, str], place: str) -> Decision:
    """The decision that a row of text says.

    Raises:
        ReviewError: a value is not one the codebook has, or they contradict each
            other; names the place, the column and what is allowed.
    """
    for column, shape in SHAPES.items():
        if not re.fullmatch(shape, row[column], re.ASCII):
            raise ReviewError(f"{place}: {column} {row[column]!r} has not its form")
    for column, allowed in ALLOWED.items():
        if row[column] not in allowed:
            raise ReviewError(
                f"{place}: {column} {row[column]!r} is unknown; "
                f"write one of {', '.join(filter(None, allowed))}"
            )
    _check_moment(row["decided_at"], place)
    for column, longest in LONGEST.items():
        check_words(row[column], f"{place}: {column}", longest)
    codes = codes_from(row["codes"], place)
    severity = int(row["severity"])
    decision = codebook.decision_of(
        codes, row["voice"], row["polarity"], row["direction"],
        row["threat_target"], severity,
    )  # fmt: skip
    if severity >= 2 and not codes:
        raise ReviewError(f"{place}: severity {severity} needs a code; add one")
    if row["decision"] not in ("", decision):
        raise ReviewError(
            f"{place}: decision {row['decision']!r}, but the codebook (4.1) makes it "
            f"{decision!r}; leave it empty or correct the variables"
        )
    if row["review_pass"] == "A" and not row["review_note"]:
        raise ReviewError(f"{place}: an adjudication needs its reason as a note")
    counted = row["stratum_texts_count"]
    return Decision(
        **{name: row[name] for name in COLUMNS if name not in NOT_TEXT},
        review_round=int(row["review_round"]),
        stratum_texts_count=int(counted) if counted else None,
        codes=codes,
        severity=severity,
        coder_confidence=int(row["coder_confidence"]),
        decision=decision,
        is_withdrawn=row["is_withdrawn"] == "yes",
    )


NOT_TEXT = {
    "review_round", "stratum_texts_count", "codes", "severity", "coder_confidence",
    "decision", "is_withdrawn",
}  # fmt: skip


def codes_from(written: str, place: str) -> tuple[str, ...]:
    """The threat codes in a cell, parted by blanks, commas or semicolons; sorted."""
    codes = set(filter(None, re.split(r"[ ,;]+", written)))
    if unknown := sorted(codes - codebook.CODES.keys()):
        raise ReviewError(
            f"{place}: unknown code {', '.join(map(repr, unknown))}; "
            f"the codebook has {', '.join(codebook.CODES)}"
        )
    return tuple(sorted(codes))


def check_words(words: str, place: str, longest: int) -> None:
    """Refuse words that a spreadsheet would run, or that hide what they say.

    Raises:
        ReviewError: they begin like a formula, are too long, or have signs that
            cannot be seen.
    """
    if words.startswith(FORMULA):
        raise ReviewError(
            f"{place} begins like a formula ({words[:1]}); begin with a word"
        )
    if len(words) > longest:
        raise ReviewError(f"{place} is longer than {longest} letters")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in words):
        raise ReviewError(
            f"{place} has signs that cannot be seen, such as a line break; "
            "type it again on one line"
        )


def _check_moment(written: str, place: str) -> None:
    try:
        datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise ReviewError(f"{place}: decided_at {written!r} is no time") from error
