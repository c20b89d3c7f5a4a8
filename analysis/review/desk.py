"""The state behind the page: one archive, its texts, and what was decided on them."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.desk.query import open_database
from analysis.review import codebook, shown
from analysis.review.decisions import COLUMNS, Decision, ReviewError, decision_from
from analysis.review.files import (
    append,
    cut_torn_line,
    path_of,
    read_decisions,
    sole_writer,
)
from analysis.review.queues import STEADY, Asked, Task, left_to, rows


class ReviewDesk:
    """One reader of the database and one writer of decisions, one thread at a time."""

    def __init__(self, archive: Path) -> None:
        """Open an archive; a line that a crash left unfinished is cut off first."""
        self.archive = archive
        self.lock = threading.Lock()
        self.connection = open_database(archive)
        with sole_writer(archive):
            for path in sorted(archive.glob("reviews/decisions-*.csv")):
                cut_torn_line(archive, path.stem.removeprefix("decisions-"))
        self.decisions: list[Decision] = []
        self.sizes: dict[Path, int] = {}
        self.refresh()
        self.steady: dict[Asked, list[Task]] = {}

    def refresh(self) -> None:
        """Read the files anew where someone else, such as an import, added to them."""
        files = sorted(self.archive.glob("reviews/decisions-*.csv"))
        sizes = {path: path.stat().st_size for path in files}
        if sizes != self.sizes:
            self.decisions, self.sizes = read_decisions(self.archive), sizes

    def keep(self, decision: Decision) -> None:
        """Add a line to its coder's file; on disk when this returns."""
        append(self.archive, decision)
        path = path_of(self.archive, decision.coder_id)
        self.sizes[path] = path.stat().st_size

    def next_task(self, asked: Asked) -> tuple[Task | None, int, int]:
        """The next task of a coder, how many texts are left, and how many there are."""
        with self.lock:
            self.refresh()
            found = self.steady.get(asked)
            if found is None:
                found = rows(self.connection, asked, self.decisions, self.archive)
            if asked.queue in STEADY:
                self.steady[asked] = found
            left, total = left_to(asked, found, self.decisions)
        return (left[0] if left else None), len(left), total

    def shown(self, task: Task) -> dict[str, Any]:
        """The text of a task, in context unless the pass is on the text alone."""
        with self.lock:
            parts, language = shown.text_of(self.connection, task.text_hash)
            is_alone = task.review_pass == "T"
            ads = [] if is_alone else shown.context_of(self.connection, task.text_hash)
        return {"parts": parts, "language": language, "ads": ads}

    def decide(self, asked: Asked, task: Task, said: Mapping[str, str]) -> Decision:
        """Keep a coder's decision on a task; on disk when this returns.

        Raises:
            ReviewError: it is not one the codebook has, or the text was decided.
        """
        with self.lock, sole_writer(self.archive):
            self.refresh()
            row = {
                **dict.fromkeys(COLUMNS, ""),
                **said,
                "decision_id": next_id(self.decisions, asked.coder),
                "coder_id": asked.coder,
                "decided_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "review_pass": task.review_pass,
                "review_round": str(task.review_round),
                "queue": task.queue,
                "stratum": task.stratum,
                "stratum_texts_count": str(task.stratum_texts_count or ""),
                "text_hash": task.text_hash,
                "codebook_version": codebook.VERSION,
                "is_withdrawn": "no",
            }
            decision = decision_from(row, "this text")
            places = {d.place for d in self.decisions if not d.is_withdrawn}
            if decision.place in places:
                raise ReviewError("this text was decided already")
            self.keep(decision)
            self.decisions.append(decision)
        return decision

    def undo(self, coder: str) -> Decision | None:
        """Take back a coder's newest decision: a line more, none less."""
        with self.lock, sole_writer(self.archive):
            self.refresh()
            for place in range(len(self.decisions) - 1, -1, -1):
                decision = self.decisions[place]
                if decision.coder_id == coder and not decision.is_withdrawn:
                    withdrawn = replace(decision, is_withdrawn=True)
                    self.keep(withdrawn)
                    self.decisions[place] = withdrawn
                    return decision
        return None

    def earlier(self, coder: str, task: Task) -> Decision | None:
        """What the coder said of the text alone, to start from in context."""
        for decision in reversed(self.decisions):
            if (
                decision.coder_id == coder
                and decision.text_hash == task.text_hash
                and decision.review_pass == "T"
                and not decision.is_withdrawn
            ):
                return decision
        return None


def next_id(decisions: list[Decision], coder: str) -> str:
    """The coder's next running number."""
    numbers = [int(d.decision_id[-5:]) for d in decisions if d.coder_id == coder]
    return f"{coder}-{max(numbers, default=0) + 1:05}"
