"""Run one query file against a published database: print it, or write a file of it."""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from analysis.build import DATABASE
from analysis.errors import AnalysisError

# What a spreadsheet reads as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# The limits of an xlsx sheet.
MOST_ROWS, LONGEST_CELL = 1_048_576, 32_767
EXPLAIN = "explain "
# What DuckDB raises where bytes of the database are gone or not what was written.
DAMAGED = (
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)
_BATCH = 10_000
_WIDTH, _ROWS = 160, 200

Write = Callable[[duckdb.DuckDBPyRelation, Path], None]


def run_query(archive: Path, query: Path, form: str, target: Path | None) -> None:
    """Print the answer to the query in a file, or write it to `target` as `form`.

    Raises:
        AnalysisError: no database, no such file, not exactly one select, or DuckDB
            refuses it; names the line where DuckDB does.
    """
    with open_database(archive) as connection:
        connection.execute("set errors_as_json = true")
        try:
            answer = connection.sql(one_select(connection, query))
            if target is None:
                lines = source_of(query).splitlines()
                head = [line for line in lines if line.startswith("--")]
                sys.stdout.writelines(f"{line}\n" for line in head)
                answer.show(max_width=_WIDTH, max_rows=_ROWS)
                return
            draft = target.with_name(target.name + ".next")
            try:
                WRITERS[form](answer, draft)
                with draft.open("rb+") as file:
                    os.fsync(file.fileno())
                draft.replace(target)
            finally:
                draft.unlink(missing_ok=True)
        except DAMAGED as error:
            raise _unreadable(archive / DATABASE, _told(error)[0]) from error
        except duckdb.Error as error:
            raise AnalysisError(f"{query}: {_told(error)[0]}") from error


def source_of(query: Path) -> str:
    """The text of a query file.

    Raises:
        AnalysisError: there is none, or it is no text.
    """
    try:
        return query.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise AnalysisError(
            f"{query}: no such file; the cookbook's are analysis/queries/<name>.sql"
        ) from error
    except UnicodeDecodeError as error:
        raise AnalysisError(f"{query}: not UTF-8; save it as plain text") from error


def open_database(archive: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can open no other file and no network.

    Raises:
        AnalysisError: there is no database, or DuckDB cannot read it.
    """
    database = archive / DATABASE
    if not database.is_file():
        raise AnalysisError(f"{database}: no database; run `make analyze` first")
    try:
        connection = duckdb.connect(database, read_only=True)
    except duckdb.Error as error:
        raise _unreadable(database, str(error).splitlines()[0]) from error
    connection.execute("set enable_external_access = false")
    connection.execute("set timezone = 'UTC'")
    return connection


def _unreadable(database: Path, reason: str) -> AnalysisError:
    return AnalysisError(
        f"{database}: cannot be read ({reason}); delete it and run `make analyze`"
    )


def one_select(connection: duckdb.DuckDBPyConnection, query: Path) -> str:
    """The single select that a file holds.

    Raises:
        AnalysisError: it holds something else, or more, or DuckDB cannot read it.
        duckdb.Error: something else than the query is wrong.
    """
    source = source_of(query)
    try:
        statements = connection.extract_statements(source)
        kinds = [statement.type for statement in statements]
        if kinds != [duckdb.StatementType.SELECT]:
            raise AnalysisError(f"{query}: must hold exactly one select")
        # Only here DuckDB tells the place: what it runs later it has written anew.
        connection.execute(f"{EXPLAIN}{source}")
    except duckdb.ParserException as error:
        raise AnalysisError(_placed(error, source, query, 0)) from error
    except (duckdb.ProgrammingError, duckdb.DataError) as error:
        raise AnalysisError(_placed(error, source, query, len(EXPLAIN))) from error
    return str(statements[0].query)


def _placed(error: duckdb.Error, source: str, query: Path, before: int) -> str:
    """The error with the line of the file, `before` letters into what was run."""
    said, place = _told(error)
    if place is None:
        return f"{query}: {said}"
    line = source.encode()[: max(place - before, 0)].count(b"\n") + 1
    return f"{query} line {line}: {said}"


def _told(error: duckdb.Error) -> tuple[str, int | None]:
    """What DuckDB says on one line, and at which byte, where it tells."""
    said, place = str(error), None
    if "{" in said:
        told = json.loads(said[said.index("{") :])
        said, place = told["exception_message"], told.get("position")
    lines = said.splitlines()[:2]
    return " ".join(line.strip() for line in lines), int(place) if place else None


def write_parquet(answer: duckdb.DuckDBPyRelation, target: Path) -> None:
    """The answer with DuckDB's own types."""
    batches = answer.to_arrow_reader(_BATCH)
    with pq.ParquetWriter(target, batches.schema, compression="zstd") as file:
        for batch in batches:
            file.write_batch(batch)


def write_csv(answer: duckdb.DuckDBPyRelation, target: Path) -> None:
    """The answer as UTF-8 that no spreadsheet takes for formulas."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(_rows(answer))


def write_xlsx(answer: duckdb.DuckDBPyRelation, target: Path) -> None:
    """The answer as one sheet.

    Raises:
        AnalysisError: it has more rows or longer texts than a sheet takes.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.append(answer.columns)
    for number, row in enumerate(_rows(answer), 2):
        if number > MOST_ROWS:
            raise AnalysisError(f"more than {MOST_ROWS - 1:,} rows; use FORMAT=parquet")
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
            raise AnalysisError(f"row {number}: a text too long for a sheet; use csv")
        sheet.append(row)
    book.save(target)


WRITERS: dict[str, Write] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}


def _rows(answer: duckdb.DuckDBPyRelation) -> Iterator[list[Any]]:
    while rows := answer.fetchmany(_BATCH):
        for row in rows:
            yield [safe(cell) for cell in row]


def safe(cell: Any) -> Any:
    """A cell that a spreadsheet shows and never runs; numbers and dates as they are."""
    if isinstance(cell, list | tuple):
        cell = "; ".join(map(str, cell))
    elif isinstance(cell, dict):
        cell = str(cell)
    if not isinstance(cell, str):
        return cell
    cell = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cell)
    return f"'{cell}" if cell.startswith(FORMULA) else cell
