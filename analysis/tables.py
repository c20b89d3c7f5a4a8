"""One model's table: made, and its key checked."""

import importlib.util
import logging
import time
from pathlib import Path

import duckdb
import numpy as np

from analysis.database import take_more_memory
from analysis.errors import ModelError
from analysis.models import Model

log = logging.getLogger(__name__)


def make(connection: duckdb.DuckDBPyConnection, model: Model, kept: Path) -> None:
    """Write one model's table and check its key.

    What is dear to compute is kept in the folder `kept`. What does not fit in memory
    is tried once more with half of the machine's.
    """
    started = time.monotonic()
    try:
        try:
            _create(connection, model, kept)
        except duckdb.OutOfMemoryException:
            megabytes = take_more_memory(connection)
            log.warning("%s: made with up to %d MB of memory", model.name, megabytes)
            _create(connection, model, kept)
    except duckdb.Error as error:
        raise ModelError(f"{model.path}: {told(error)}") from error
    count = check_key(connection, model)
    seconds = time.monotonic() - started
    log.info("%-28s %8d rows %6.2f s", model.name, count, seconds)


def _create(connection: duckdb.DuckDBPyConnection, model: Model, kept: Path) -> None:
    if model.is_python:
        rows = _table(connection, model, kept)
        connection.register("python_rows", rows)
        connection.execute(f"create table {model.name} as from python_rows")
        connection.unregister("python_rows")
    else:
        connection.execute(f"create {kind_of(model)} {model.name} as\n{model.source}")


def kind_of(model: Model) -> str:
    """What SQL calls it."""
    return "view" if model.is_view else "table"


def told(error: duckdb.Error) -> str:
    """What DuckDB says, whole where a query is wrong; else one line with the remedy."""
    if isinstance(error, (duckdb.ParserException, duckdb.BinderException)):
        return str(error)
    reason = str(error).partition("\n")[0]
    return f"{reason}; see that there is space, and run `make verify`"


def _table(connection: duckdb.DuckDBPyConnection, model: Model, kept: Path) -> object:
    spec = importlib.util.spec_from_file_location(model.name, model.path)
    if spec is None or spec.loader is None:
        raise ModelError(f"{model.path}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.table(connection, kept)


def check_key(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """The number of rows of a model's table.

    Raises:
        ModelError: the key that its header names is not unique or is null.
    """
    counted = connection.execute(f"select count(*) from {model.name}").fetchall()
    count = int(counted[0][0])
    if not model.key:
        if count != 1:
            raise ModelError(f"{model.name}: {count} rows where its grain says one")
        return count
    key = ", ".join(model.key)
    null = " or ".join(f"{column} is null" for column in model.key)
    if _may_be_bad(connection, model.name, key, null):
        bad = connection.execute(
            f"select {key}, count(*) from {model.name} group by all "
            f"having count(*) > 1 or {null} limit 3"
        ).fetchall()
        if bad:
            raise ModelError(
                f"{model.name}: not one row per {key}, for example {bad[0]}"
            )
    return count


def _may_be_bad(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, null: str
) -> bool:
    """Whether a key is null or shares its hash: no two are equal where no hashes are.

    To group the keys themselves takes three times as long.
    """
    keys = connection.execute(
        f"select hash({key}) as hashed, {null} as is_null from {table}"
    ).fetchnumpy()
    hashed = np.sort(keys["hashed"])
    return bool(np.any(keys["is_null"]) or np.any(hashed[1:] == hashed[:-1]))
