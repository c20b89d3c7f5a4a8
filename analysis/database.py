"""A DuckDB connection as models expect it: where files lie, schemas, macros, memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analysis.models import LAYERS

ROOT = Path(__file__).parent.parent
MACROS = ROOT / "analysis" / "macros"
# A Parquet file without rows for each dataset that an archive need not have.
EMPTY = ROOT / "seeds" / "empty"
SPILL = "adwatch.next.spill"
MOST_MEMORY_MB = 2800


def prepare(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Give a connection what models expect, with our schemas and macros in it."""
    set_up(connection, archive)
    lay_out(connection)


def set_up(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Search path, time zone and memory of a connection."""
    search_in(connection, archive)
    connection.execute("set timezone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    # What does not fit is written beside the draft and read again.
    memory = min(_half_of_machine_mb(), MOST_MEMORY_MB)
    connection.execute(f"set memory_limit = '{memory}MB'")
    connection.execute(f"set temp_directory = '{archive.resolve() / SPILL}'")


def search_in(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Relative paths in models lead into `archive` first, then into the project.

    What is in neither is an empty table.
    """
    connection.execute(f"set file_search_path = '{archive.resolve()},{ROOT},{EMPTY}'")


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schemas and the macros that models use."""
    for layer in LAYERS:
        connection.execute(f"create schema {layer}")
    for path in sorted(MACROS.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


@contextmanager
def second_database(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[str]:
    """An empty database in memory, laid out and in use; gives the name of the first."""
    home = connection.execute("select current_database()").fetchall()[0][0]
    connection.execute(f"attach ':memory:' as {name}")
    try:
        connection.execute(f"use {name}")
        lay_out(connection)
        yield home
    finally:
        connection.execute(f'use "{home}"')
        connection.execute(f"detach {name}")


def take_more_memory(connection: duckdb.DuckDBPyConnection) -> int:
    """Let a connection have half of the machine's memory; how many MB that is."""
    megabytes = _half_of_machine_mb()
    connection.execute(f"set memory_limit = '{megabytes}MB'")
    return megabytes


def _half_of_machine_mb() -> int:
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return machine // 2_000_000
