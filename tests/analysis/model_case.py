"""Run SQL models on rows written in the test, in a database in memory."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from analysis.texts import database_of_tables, database_of_texts

Rows = list[dict[str, Any]]
CACHE = Path("data/cache")
# What is not in an archive of invented ads.
COLLECTED: Rows = [{"archive": "live", "is_invented": False}]


def database(
    given: Mapping[str, Rows], wanted: Iterable[str]
) -> duckdb.DuckDBPyConnection:
    """A database in which the rows `given` stand and the models `wanted` were made."""
    given = {"staging.archives": COLLECTED, **given}
    tables = {name: pa.Table.from_pylist(rows) for name, rows in given.items()}
    return database_of_tables(tables, wanted, CACHE)


def of_texts(texts: Sequence[str], wanted: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """A database of `texts`; `ad_id` in text.ad_texts is the text's index."""
    numbered = {str(number): text for number, text in enumerate(texts)}
    return database_of_texts(numbered, [*wanted, "text.ad_texts"], CACHE)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    """The rows of a query as dictionaries."""
    found: Rows = connection.sql(sql).to_arrow_table().to_pylist()
    return found
