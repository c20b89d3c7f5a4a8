"""Run SQL models on rows written in the test, in a database in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from analysis.build import make, prepare
from analysis.models import Model, ordered_models

Rows = list[dict[str, Any]] | Any  # or an Arrow table, where types matter
_TEXTS = pa.list_(pa.string())
_VERSIONS = pa.schema(
    [
        ("ad_id", pa.string()),
        ("version_hash", pa.string()),
        ("body_texts", _TEXTS),
        ("title_texts", _TEXTS),
        ("description_texts", _TEXTS),
        ("caption_texts", _TEXTS),
    ]
)


def database(
    given: dict[str, Rows], models: Iterable[str], archive: Path = Path("data/none")
) -> duckdb.DuckDBPyConnection:
    """A database in which the tables `given` exist and `models` were made, in order.

    A model named in `given` is not made: its rows are those given.
    """
    connection = duckdb.connect()
    prepare(connection, archive)
    for name, rows in given.items():
        table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows)
        connection.register("rows", table)
        connection.execute(f"create table {name} as from rows")
        connection.unregister("rows")
    wanted = set(models) - given.keys()
    for model in ordered_models():
        if model.name in wanted:
            make(connection, model)
    return connection


def run_model(
    name: str, given: dict[str, Rows], order_by: str = "all"
) -> list[dict[str, Any]]:
    """Rows of one model when the tables it reads hold `given`."""
    return rows(database(given, [name]), f"from {name} order by {order_by}")


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    found: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return found


def needed_for(*names: str) -> list[str]:
    """The models that `names` are made from, and `names` themselves."""
    models: dict[str, Model] = {model.name: model for model in ordered_models()}
    needed: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo.extend(models[name].reads)
    return sorted(needed)


def versions(texts: Sequence[str]) -> Any:
    """One ad version per text, as staging.ad_versions holds them; id is the index."""
    rows = [
        {"ad_id": str(number), "version_hash": str(number), "body_texts": [text]}
        for number, text in enumerate(texts)
    ]
    return pa.Table.from_pylist(rows, schema=_VERSIONS)
