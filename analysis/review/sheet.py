"""Coding in a spreadsheet: texts out, decisions back in, all of them or none."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile

import duckdb
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from analysis.desk.query import safe
from analysis.review import codebook
from analysis.review.decisions import (
    COLUMNS,
    FORMULA,
    Decision,
    ReviewError,
    decision_from,
)
from analysis.review.files import add, append_all, path_of, read_decisions
from analysis.review.queues import Asked, Task, tasks
from analysis.review.shown import known_texts, text_of

# What the sheet tells, and must come back as it went out.
GIVEN = (
    "coder_id", "text_hash", "review_pass", "review_round", "queue", "stratum",
    "stratum_texts_count", "language_code", "wording",
)  # fmt: skip
# What the coder fills in.
CODED = (
    "codes", "voice", "polarity", "direction", "threat_target", "severity",
    "coder_confidence", "negative_class", "review_note", "translation",
)  # fmt: skip
SHEET_COLUMNS = (*GIVEN, *CODED)
# Sheets that went out before coders could add a translation lack the last column.
HEADS = (SHEET_COLUMNS, SHEET_COLUMNS[:-1], (*SHEET_COLUMNS[:-1], ""))
MOST_ERRORS = 20


def export_sheet(
    connection: duckdb.DuckDBPyConnection, asked: Asked, archive: Path, target: Path
) -> int:
    """Write the texts left to a coder as a sheet to fill in; how many they are.

    The sheet shows the text alone, whatever the pass; context is on the page.

    Raises:
        ReviewError: the name of the sheet ends in no form, or there is no folder.
    """
    form = _form_of(target)
    if not target.parent.is_dir():
        raise ReviewError(f"{target}: no folder {target.parent}; make it first")
    decisions = read_decisions(archive)
    left, _ = tasks(connection, asked, decisions, archive)
    rows = [sheet_row(connection, asked, task) for task in left]
    if form == ".xlsx":
        book = Workbook()
        sheet = book.active
        for row in (SHEET_COLUMNS, *rows):
            sheet.append([safe(cell) for cell in row])
        book.save(target)
        return len(rows)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SHEET_COLUMNS)
        writer.writerows([safe(cell) for cell in row] for row in rows)
    return len(rows)


def _form_of(sheet: Path) -> str:
    form = sheet.suffix.lower()
    if form not in (".csv", ".xlsx"):
        raise ReviewError(f"{sheet}: its name must end in .csv or .xlsx")
    return form


def sheet_row(
    connection: duckdb.DuckDBPyConnection, asked: Asked, task: Task
) -> list[str]:
    """One text with its place in the queue, and empty cells to code in."""
    parts, language = text_of(connection, task.text_hash)
    given = [
        asked.coder, task.text_hash, task.review_pass, str(task.review_round),
        task.queue, task.stratum, str(task.stratum_texts_count or ""), language,
        " ‖ ".join(parts),
    ]  # fmt: skip
    return [*given, *("" for _ in CODED)]


def import_sheet(
    connection: duckdb.DuckDBPyConnection, archive: Path, source: Path
) -> int:
    """Take in the decisions of one coder's sheet; how many they are.

    Lines without any code, voice or severity are not decided yet and are passed over.

    Raises:
        ReviewError: any line is wrong; names each, and nothing is taken in.
    """
    known = known_texts(connection)
    decisions = read_decisions(archive)
    new: list[Decision] = []
    wrong: list[str] = []
    by_id: dict[str, Decision] = {}
    for place, row in coded_rows(source):
        try:
            decision = sheet_decision(row, place, decisions, len(new), known)
            if not by_id:
                own = [d for d in decisions if d.coder_id == decision.coder_id]
                by_id = {d.decision_id: d for d in own}
            if new and decision.coder_id != new[0].coder_id:
                raise ReviewError(f"{place}: a second coder; one sheet per coder")
            add(by_id, decision, path_of(archive, decision.coder_id), place)
            new.append(decision)
        except ReviewError as error:
            wrong.append(str(error))
    if wrong:
        more = (
            f"\nand {len(wrong) - MOST_ERRORS} more" if len(wrong) > MOST_ERRORS else ""
        )
        raise ReviewError(
            f"{source}: nothing was taken in; {len(wrong)} lines are wrong:\n"
            + "\n".join(wrong[:MOST_ERRORS])
            + more
        )
    if new:
        append_all(archive, new)
    return len(new)


def sheet_decision(
    row: dict[str, str],
    place: str,
    decisions: list[Decision],
    number: int,
    known: set[str],
) -> Decision:
    """The decision of one line.

    Raises:
        ReviewError: a cell is a formula, or not what the codebook or archive has.
    """
    for column in (*GIVEN[:-1], *CODED):
        if row[column].startswith(FORMULA):
            raise ReviewError(
                f"{place}: {column} begins like a formula ({row[column][:20]!r}); "
                "write plain text"
            )
    if row["text_hash"] not in known:
        raise ReviewError(
            f"{place}: no text {row['text_hash'][:12]!r} in this archive; "
            "export the sheet again"
        )
    coder = row["coder_id"]
    taken = [int(d.decision_id[-5:]) for d in decisions if d.coder_id == coder]
    return decision_from(
        {
            **dict.fromkeys(COLUMNS, ""),
            **{name: row[name] for name in (*GIVEN[:7], *CODED)},
            "decision_id": f"{coder}-{max(taken, default=0) + number + 1:05}",
            "decided_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "codebook_version": codebook.VERSION,
            "is_withdrawn": "no",
        },
        place,
    )


def coded_rows(source: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines that a coder filled in, each with its place.

    Raises:
        ReviewError: the file is no sheet of this form.
    """
    if not source.is_file():
        raise ReviewError(f"{source}: no such file")
    form = _form_of(source)
    lines = list(xlsx_lines(source) if form == ".xlsx" else csv_lines(source))
    if not lines or tuple(lines[0]) not in HEADS:
        raise ReviewError(
            f"{source} line 1: columns must be {','.join(SHEET_COLUMNS)}; "
            "export the sheet again and fill that one in"
        )
    for number, cells in enumerate(lines[1:], 2):
        place = f"{source.name} line {number}"
        if not any(cells):
            continue
        cells = [*cells, *[""] * (len(SHEET_COLUMNS) - len(lines[0]))]
        if len(cells) != len(SHEET_COLUMNS):
            raise ReviewError(f"{place}: {len(cells)} cells, not {len(SHEET_COLUMNS)}")
        row = dict(zip(SHEET_COLUMNS, map(str.strip, cells), strict=True))
        if any(row[name] for name in CODED):
            yield place, row


def csv_lines(source: Path) -> Iterator[list[str]]:
    """The lines of a CSV, with or without a byte order mark, parted by , or ;."""
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError(
            f"{source}: not UTF-8; save it as “CSV UTF-8” or as .xlsx"
        ) from error
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from csv.reader(
            io.StringIO(text, newline=""), delimiter=mark, strict=True
        )
    except csv.Error as error:
        raise ReviewError(f"{source}: not a CSV file: {error}") from error


def xlsx_lines(source: Path) -> Iterator[list[str]]:
    """The lines of a workbook's first sheet; formulas as they are written."""
    try:
        book = load_workbook(source, read_only=True, data_only=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReviewError(f"{source}: not a workbook: {error}") from error
    for row in book.worksheets[0].iter_rows(values_only=True):
        cells = ["" if cell is None else str(cell) for cell in row]
        yield [*cells, *[""] * (len(SHEET_COLUMNS) - len(cells))]
