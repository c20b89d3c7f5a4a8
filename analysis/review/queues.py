"""Which text a coder is asked about next: queues in SQL, less what they decided."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.review.decisions import FORMULA, Decision, ReviewError
from analysis.review.files import FOLDER

QUERIES = Path(__file__).parent / "queues"
# Flagged, drawn and doubtful texts in one list, so that no coder can tell which is
# which; a text in two of them stands as the first.
MIXED = ("flags", "sample", "uncertain")
# What an editor settles who coded none of it.
SETTLED = ("disagreements", "passes")
# What these hold follows from the database alone.
STEADY = {"mixed", *MIXED}
QUEUES = {
    "mixed": "flagged, random and doubtful texts together (blind)",
    "flags": "flagged texts of the period",
    "sample": "random texts without a flag, by language",
    "uncertain": "texts the program is not sure of",
    "disagreements": "texts on which coders differ (for an editor)",
    "passes": "texts decided otherwise in context than alone (for an editor)",
    "corrections": "texts that a reader asked to be looked at again",
    "drift": "texts you coded a month ago or more",
}
CORRECTIONS = ("request_id", "asked_on", "ad_id", "reason")


@dataclass(frozen=True)
class Asked:
    """What a queue is asked for; without dates the whole archive."""

    coder: str
    queue: str
    today: date
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Task:
    """One text in one pass, as the next thing a coder decides."""

    text_hash: str
    queue: str
    stratum: str
    stratum_texts_count: int | None
    review_pass: str
    review_round: int


def tasks(
    connection: duckdb.DuckDBPyConnection,
    asked: Asked,
    decisions: list[Decision],
    archive: Path,
) -> tuple[list[Task], int]:
    """The tasks left to a coder, in order, and how many texts the queue has."""
    return left_to(asked, rows(connection, asked, decisions, archive), decisions)


def left_to(
    asked: Asked, found: list[Task], decisions: list[Decision]
) -> tuple[list[Task], int]:
    """What is left to a coder of the texts of a queue, and how many those are."""
    own: dict[str, list[Decision]] = {}
    for decision in decisions:
        is_own = decision.coder_id == asked.coder or decision.review_pass == "A"
        if is_own and not decision.is_withdrawn:
            own.setdefault(decision.text_hash, []).append(decision)
    left = [left_of(row, own.get(row.text_hash, []), asked) for row in found]
    return [task for task in left if task], len(found)


def rows(
    connection: duckdb.DuckDBPyConnection,
    asked: Asked,
    decisions: list[Decision],
    archive: Path,
) -> list[Task]:
    """The texts of a queue, whoever decided them."""
    connection.register("decisions", decisions_table(decisions))
    connection.register("corrections", corrections_table(archive))
    for name in ("coder", "since", "until", "today"):
        connection.execute(f"set variable {name} = ?", [getattr(asked, name)])
    names = MIXED if asked.queue == "mixed" else (asked.queue,)
    by_text: dict[str, Task] = {}
    for name in names:
        sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
        for row in connection.execute(sql).fetchall():
            by_text.setdefault(row[0], Task(row[0], row[1], row[2], row[3], "T", 1))
    if len(names) == 1:
        return list(by_text.values())
    # Hashes have no order of their own; the end of one tells nothing of its queue.
    return sorted(by_text.values(), key=lambda task: task.text_hash[::-1])


def left_of(row: Task, own: list[Decision], asked: Asked) -> Task | None:
    """What is left to decide of one text; None where the coder is done with it."""
    newest = max((decision.review_round for decision in own), default=0)
    here = [decision for decision in own if decision.queue == row.queue]
    if row.queue in SETTLED:
        is_settled = any(decision.review_pass == "A" for decision in own)
        return None if is_settled else _as(row, "A", 1)
    if row.queue == "drift":
        recent = (asked.today - timedelta(days=28)).isoformat()
        if any(decision.decided_at >= recent for decision in here):
            return None
        return _as(row, "T", newest + 1)
    if row.queue == "corrections":
        return None if here else _as(row, "C", newest + 1)
    passes = {decision.review_pass for decision in own if decision.review_round == 1}
    if {"T", "C"} <= passes:
        return None
    return _as(row, "C" if "T" in passes else "T", 1)


def _as(row: Task, review_pass: str, review_round: int) -> Task:
    return Task(
        row.text_hash, row.queue, row.stratum, row.stratum_texts_count,
        review_pass, review_round,
    )  # fmt: skip


def decisions_table(decisions: Iterable[Decision]) -> pa.Table:
    """What the queues read of the decisions made so far."""
    names = (
        "text_hash", "coder_id", "review_pass", "review_round", "queue", "decision",
        "is_withdrawn",
    )  # fmt: skip
    columns: Mapping[str, list[object]] = {
        **{name: [] for name in names},
        "decided_at": [],
    }
    for decision in decisions:
        for name in names:
            columns[name].append(getattr(decision, name))
        columns["decided_at"].append(date.fromisoformat(decision.decided_at[:10]))
    types = {"review_round": pa.int32(), "is_withdrawn": pa.bool_()}
    types["decided_at"] = pa.date32()
    return pa.table(
        {name: pa.array(v, types.get(name, pa.string())) for name, v in columns.items()}
    )


def corrections_table(archive: Path) -> pa.Table:
    """The requests in reviews/corrections.csv; none where there is no such file.

    Raises:
        ReviewError: a line is not a request; names it.
    """
    path = archive / FOLDER / "corrections.csv"
    found: list[dict[str, str]] = []
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            if tuple(lines.fieldnames or ()) != CORRECTIONS:
                raise ReviewError(
                    f"{path.name}: columns must be {','.join(CORRECTIONS)}"
                )
            for row in lines:
                _check_request(row, f"{path.name} line {lines.line_num}")
                found.append(row)
    fields = [(name, pa.string()) for name in CORRECTIONS]
    return pa.Table.from_pylist(found, schema=pa.schema(fields))


def _check_request(row: Mapping[str, str], place: str) -> None:
    if None in row or None in row.values():
        raise ReviewError(f"{place}: wrong number of values")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["asked_on"]):
        raise ReviewError(f"{place}: asked_on must be a day such as 2026-11-22")
    if not re.fullmatch(r"[a-z]+:\S+", row["ad_id"]):
        raise ReviewError(f"{place}: ad_id must be as in the database: meta:123")
    if any(value.startswith(FORMULA) for value in row.values()):
        raise ReviewError(f"{place}: a value begins like a formula")
