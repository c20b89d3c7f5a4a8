"""Run the text, hits and flags models on texts from elsewhere than an archive."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.database import prepare
from analysis.models import Model, ordered_models
from analysis.tables import make

_TEXTS = pa.list_(pa.string())
AD_VERSIONS = pa.schema(
    [
        ("ad_id", pa.string()),
        ("version_hash", pa.string()),
        ("body_texts", _TEXTS),
        ("title_texts", _TEXTS),
        ("description_texts", _TEXTS),
        ("caption_texts", _TEXTS),
    ]
)


def database_of_texts(
    texts: Mapping[str, str],
    wanted: Iterable[str],
    cache: Path,
    given: Mapping[str, pa.Table] | None = None,
) -> duckdb.DuckDBPyConnection:
    """A database in memory with the models `wanted`, made from `texts` by their id.

    Each text stands as the body of an ad version of its own: `ad_id` is the text's id.
    Tables in `given` are taken as they are instead of being made.
    """
    rows = [
        {"ad_id": text_id, "version_hash": text_id, "body_texts": [text]}
        for text_id, text in texts.items()
    ]
    tables = {
        "staging.ad_versions": pa.Table.from_pylist(rows, schema=AD_VERSIONS),
        "staging.archives": pa.table({"archive": ["none"], "is_invented": [False]}),
    }
    return database_of_tables({**tables, **(given or {})}, wanted, cache)


def database_of_tables(
    given: Mapping[str, pa.Table], wanted: Iterable[str], cache: Path
) -> duckdb.DuckDBPyConnection:
    """A database in memory with the tables `given` and the models `wanted`."""
    connection = duckdb.connect()
    prepare(connection, cache)
    for name, table in given.items():
        connection.register("given_rows", table)
        connection.execute(f"create table {name} as from given_rows")
        connection.unregister("given_rows")
    for model in needed_models(wanted, given):
        make(connection, model, cache)
    return connection


def needed_models(wanted: Iterable[str], given: Iterable[str] = ()) -> list[Model]:
    """The models `wanted` and all they are made from, in order, without those given."""
    models = ordered_models()
    by_name = {model.name: model for model in models}
    needed: set[str] = set()
    todo = list(wanted)
    stop = set(given)
    while todo:
        name = todo.pop()
        if name not in needed | stop:
            needed.add(name)
            todo.extend(by_name[name].reads)
    return [model for model in models if model.name in needed]
