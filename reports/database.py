"""Reads the marts of a published database; nothing here can change it.

A report of a period sees the same marts cut to its days: views of the same names in a
database in memory. So every query runs as it stands in the SQL shell, over all days.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from reports.errors import ReportError
from reports.language import Language
from reports.period import Period, named
from reports.settings import Settings

Row = dict[str, Any]

TABLES = Path(__file__).parent / "tables"
# The marts that are cut to the period, and the day that decides; all others are whole.
PERIOD_DAYS = {
    "ad_regions": "started_date",
    "cluster_members": "started_date",
    "coverage_days": "covered_date",
    "event_windows": "event_date",
    "examined_ads": "started_date",
    "flagged_ads": "started_date",
    "other_verdicts": "started_date",
    "vanished_ads": "started_date",
}


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
    period: Period
    settings: Settings
    say: Language

    @property
    def folder(self) -> str:
        """The name of the report's folder."""
        name = self.period.name
        if not name and self.first_started_date:
            name = f"{self.first_started_date}_{self.last_started_date}"
        name = name or "no-ads"
        return name if self.say.code == "en" else f"{name}-{self.say.code}"


@contextmanager
def open_marts(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees the marts of the database at `path`, read-only.

    Raises:
        ReportError: there is no database, or DuckDB cannot read it.
    """
    if not path.is_file():
        raise ReportError(f"{path}: no database; run `make analyze` first")
    connection = duckdb.connect()
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as archive (read_only)")
        connection.execute("create schema marts")
        cut(connection, Period(), Settings())
    except duckdb.Error as error:
        connection.close()
        reason = str(error).splitlines()[0]
        raise ReportError(
            f"{path}: cannot be read ({reason}); delete it and run `make analyze` again"
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def cut(
    connection: duckdb.DuckDBPyConnection, period: Period, settings: Settings
) -> None:
    """From now on show the marts of `period` only, and reviewed flags if so set."""
    names = connection.execute(
        "select table_name from duckdb_tables() "
        "where database_name = 'archive' and schema_name = 'marts' order by all"
    ).fetchall()
    for (name,) in names:
        where = " and ".join(conditions(name, period, settings)) or "true"
        connection.execute(
            f"create or replace view marts.{name} as "
            f"select * from archive.marts.{name} where {where}"
        )


def conditions(name: str, period: Period, settings: Settings) -> list[str]:
    """What a row of the mart `name` must meet to be in the report."""
    found = []
    if day := PERIOD_DAYS.get(name):
        if period.since:
            found.append(f"{day} >= date '{period.since}'")
        if period.until:
            found.append(f"{day} <= date '{period.until}'")
    if name == "flagged_ads" and settings.reviewed_only:
        found.append("is_reviewed")
    return found


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


def read_facts(
    connection: duckdb.DuckDBPyConnection,
    period: Period | str,
    settings: Settings,
    say: Language,
) -> Facts:
    """The facts of a period, given or by its name; the marts are then cut to it.

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
    cut_off = moment(row["last_collected_epoch"])
    if isinstance(period, str):
        period = named(period, cut_off.date() if cut_off else None)
    facts = Facts(
        libraries=tuple(row["libraries"] or ()),
        counts={name: value for name, value in row.items() if name.endswith("_count")},
        first_collected_at=moment(row["first_collected_epoch"]),
        last_collected_at=cut_off,
        events=tuple(table(connection, "events")),
        period=period,
        settings=settings,
        say=say,
        **{name: row[name] for name in PLAIN_FACTS},
    )
    cut(connection, period, settings)
    (counted,) = table(connection, "period_counts")
    return replace(
        facts,
        counts={**facts.counts, **counted},
        first_started_date=period.since or facts.first_started_date,
        last_started_date=period.until or facts.last_started_date,
    )


PLAIN_FACTS = (
    "archive",
    "is_invented",
    "first_started_date",
    "last_started_date",
    "database_version",
    "codebook_version",
    "model_version",
    "labels_version",
    "threat_threshold",
    "review_threshold",
)


def moment(epoch: int | None) -> datetime | None:
    """The UTC time of `epoch` seconds, None for none."""
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)
