"""Reads the marts of a published database; nothing here can change it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from reports.errors import ReportError

Row = dict[str, Any]

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Facts:
    """What every page and chart must be able to say about the archive."""

    archive: str
    is_invented: bool
    libraries: tuple[str, ...]
    counts: dict[str, int]
    first_started_date: date | None
    last_started_date: date | None
    first_collected_at: datetime | None
    last_collected_at: datetime | None
    database_version: str
    codebook_version: str
    model_version: str
    labels_version: str
    threat_threshold: float
    review_threshold: float
    events: tuple[Row, ...]

    @property
    def period(self) -> str:
        """The dates of the period as the report's folder is named."""
        if self.first_started_date is None or self.last_started_date is None:
            return "no-ads"
        return f"{self.first_started_date}_{self.last_started_date}"


@contextmanager
def open_marts(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the database at `path`.

    Raises:
        ReportError: there is no database, or DuckDB cannot read it.
    """
    if not path.is_file():
        raise ReportError(f"{path}: no database; run `make analyze` first")
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ReportError(
            f"{path}: cannot be read ({reason}); delete it and run `make analyze` again"
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def rows_of(connection: duckdb.DuckDBPyConnection, query: Path) -> list[Row]:
    """The rows of one .sql file, in its order.

    Raises:
        ReportError: a table or column it reads is not there.
    """
    try:
        cursor = connection.execute(query.read_text(encoding="utf-8"))
        found = cursor.fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        reason = re.sub(r"\s+", " ", str(error).splitlines()[0])
        raise ReportError(
            f"{query.stem}.sql: the database was built by another version "
            f"of adwatch ({reason}); run `make analyze` again"
        ) from error
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise ReportError(
            f"{query.stem}.sql: the database cannot be read ({reason}); "
            "delete adwatch.duckdb and run `make analyze`"
        ) from error
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found]


def table(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of `tables/<name>.sql`."""
    return rows_of(connection, TABLES / f"{name}.sql")


def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """The facts of the archive.

    Raises:
        ReportError: marts.archive_facts does not hold exactly one row.
    """
    rows = table(connection, "facts")
    if len(rows) != 1:
        raise ReportError(
            f"marts.archive_facts has {len(rows)} rows instead of 1; "
            "run `make analyze` again"
        )
    row = rows[0]
    return Facts(
        archive=row["archive"],
        is_invented=row["is_invented"],
        libraries=tuple(row["libraries"] or ()),
        counts={name: value for name, value in row.items() if name.endswith("_count")},
        first_started_date=row["first_started_date"],
        last_started_date=row["last_started_date"],
        first_collected_at=moment(row["first_collected_epoch"]),
        last_collected_at=moment(row["last_collected_epoch"]),
        database_version=row["database_version"],
        codebook_version=row["codebook_version"],
        model_version=row["model_version"],
        labels_version=row["labels_version"],
        threat_threshold=row["threat_threshold"],
        review_threshold=row["review_threshold"],
        events=tuple(table(connection, "events")),
    )


def moment(epoch: int | None) -> datetime | None:
    """The UTC time of `epoch` seconds, None for none."""
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)
