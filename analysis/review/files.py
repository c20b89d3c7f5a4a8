"""The decisions on disk: one CSV per coder in an archive, only ever added to."""

import csv
import io
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from analysis.alone import alone_in
from analysis.review.decisions import COLUMNS, Decision, ReviewError, decision_from

log = logging.getLogger(__name__)

FOLDER = "reviews"
# Files from before coders could add a translation end one column earlier.
HEADS = (COLUMNS, COLUMNS[:-1])


def path_of(archive: Path, coder_id: str) -> Path:
    """The file of one coder's decisions."""
    return archive / FOLDER / f"decisions-{coder_id}.csv"


def read_decisions(archive: Path) -> list[Decision]:
    """All decisions of an archive in the order they were made, each once.

    Raises:
        ReviewError: a line is not a decision; names file, line and remedy.
    """
    found: list[Decision] = []
    for path in sorted((archive / FOLDER).glob("decisions-*.csv")):
        found += _read(path)
    return found


def _read(path: Path) -> list[Decision]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError(f"{path.name}: not UTF-8 ({error.reason})") from error
    if not text:
        # Made, but its first line never came to be written.
        return []
    if not text.endswith("\n"):
        raise ReviewError(
            f"{path.name}: the last line is cut off; open the page again "
            "(`make review`), or take the line out"
        )
    return decisions_in(text, path)


def decisions_in(text: str, path: Path) -> list[Decision]:
    """The decisions in the text of one coder's file."""
    lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if tuple(lines.fieldnames or ()) not in HEADS:
        raise ReviewError(f"{path.name} line 1: columns must be {','.join(COLUMNS)}")
    by_id: dict[str, Decision] = {}
    try:
        for row in lines:
            place = f"{path.name} line {lines.line_num}"
            if None in row or None in row.values():
                raise ReviewError(f"{place}: wrong number of values")
            row.setdefault("translation", "")
            add(by_id, decision_from(row, place), path, place)
    except csv.Error as error:
        number = lines.reader.line_num
        raise ReviewError(f"{path.name} line {number}: {error}") from error
    return list(by_id.values())


def add(by_id: dict[str, Decision], new: Decision, path: Path, place: str) -> None:
    """Add a decision to those of its coder, or take one back.

    Raises:
        ReviewError: another coder's, an id used twice, or a text decided twice.
    """
    if path.name != f"decisions-{new.coder_id}.csv":
        raise ReviewError(f"{place}: coder {new.coder_id} has a file of their own")
    known = by_id.get(new.decision_id)
    if new.is_withdrawn:
        if known is None or known.is_withdrawn or known.place != new.place:
            raise ReviewError(f"{place}: takes back {new.decision_id}, which is not")
        by_id[new.decision_id] = replace(known, is_withdrawn=True)
        return
    if known:
        raise ReviewError(f"{place}: {new.decision_id} is used twice")
    for other in by_id.values():
        if other.place == new.place and not other.is_withdrawn:
            raise ReviewError(
                f"{place}: {new.coder_id} decided this text already "
                f"({other.decision_id}); keep one of the two"
            )
    by_id[new.decision_id] = new


@contextmanager
def sole_writer(archive: Path) -> Iterator[None]:
    """Hold the decisions: two pages, or a page and an import, write one by one."""
    folder = archive / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder, waits=True):
        yield


def append(archive: Path, decision: Decision) -> None:
    """Add one line to the coder's file; on disk before this returns.

    Raises:
        ReviewError: the disk does not take it; the file is then as it was.
    """
    path = path_of(archive, decision.coder_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    widen(path)
    is_new = not path.exists()
    size = 0 if is_new else path.stat().st_size
    try:
        with path.open("ab") as file:
            file.write(written([decision], with_head=size == 0).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if path.exists() and os.access(path, os.W_OK):
            os.truncate(path, size)
        raise ReviewError(
            f"{path}: {error.strerror}; see that there is space and that you may "
            "write there, then send it again"
        ) from error
    if is_new:
        _sync_folder(path.parent)


def append_all(archive: Path, decisions: list[Decision]) -> None:
    """Add many decisions of one coder, all of them or none."""
    path = path_of(archive, decisions[0].coder_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    widen(path)
    before = path.read_bytes() if path.exists() else b""
    _replace(path, before + written(decisions, with_head=not before).encode())


def widen(path: Path) -> None:
    """Give a file from before translations its last column, empty on every line."""
    if not path.exists():
        return
    lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    if not lines or tuple(lines[0]) != HEADS[1]:
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*cells, ""] for cells in lines[1:])
    _replace(path, text.getvalue().encode())


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".next")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)


def cut_torn_line(archive: Path, coder_id: str) -> None:
    """Take off a last line that a crash left unfinished; it was never confirmed."""
    path = path_of(archive, coder_id)
    content = path.read_bytes() if path.exists() else b""
    if content and not content.endswith(b"\n"):
        whole = content.rfind(b"\n") + 1
        log.warning("%s: cut off an unfinished line: %r", path.name, content[whole:])
        with path.open("rb+") as file:
            file.truncate(whole)
            os.fsync(file.fileno())


def written(decisions: Iterable[Decision], with_head: bool) -> str:
    """The decisions as lines of CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if with_head:
        writer.writeheader()
    writer.writerows(decision.row() for decision in decisions)
    return text.getvalue()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
