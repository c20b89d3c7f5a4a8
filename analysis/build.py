"""Build every model into a new database and publish it when all checks hold.

The new file is built beside the published one and moved over it, so readers see the
old database or the new one, and a failed build changes nothing.
"""

import csv
import importlib.util
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from analysis import cache, inputs
from analysis.alone import alone_in
from analysis.desk.install import install_macros
from analysis.errors import AnalysisError, ModelError
from analysis.kept import kept_table
from analysis.models import LAYERS, Model, ordered_models

log = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
MACROS = ROOT / "analysis" / "macros"
CHECKS = ROOT / "analysis" / "checks"
# A Parquet file without rows for each dataset that an archive need not have.
EMPTY = ROOT / "seeds" / "empty"
COLUMNS = ROOT / "seeds" / "columns.csv"
DATABASE = "adwatch.duckdb"
DRAFT = "adwatch.next.duckdb"
SPILL = "adwatch.next.spill"
MOST_MEMORY_MB = 2800
# Packs text closer than what older releases of DuckDB can open.
STORAGE: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.5.0"
}
Fill = Callable[[duckdb.DuckDBPyConnection, Path, list[Model]], None]


def build(archive: Path, fill: Fill | None = None) -> Path:
    """The database of `archive`, built from its Parquet and the seeds.

    One that was built from the very same files, code and packages is left as it is.
    `fill` makes all tables, by default here and one after the other.

    Raises:
        AnalysisError: nothing was collected, a file of it is damaged, or a model, key
            or check fails; the published database is then untouched.
    """
    if not any(archive.glob("ads/*/*.parquet")):
        raise AnalysisError(f"{archive}: no collected ads; run `make collect` first")
    models = ordered_models()
    with alone_in(archive):
        made_from = inputs.fingerprint(archive, models)
        if inputs.was_built_from(archive / DATABASE, made_from):
            log.info("nothing changed since %s was built", DATABASE)
        else:
            before = inputs.proven_files(archive / DATABASE)
            proven = inputs.prove_parquet(archive, before)
            _build(archive, models, fill or make_all, made_from, proven)
    return archive / DATABASE


def _build(
    archive: Path, models: list[Model], fill: Fill, made_from: str, proven: list[str]
) -> None:
    draft = archive / DRAFT
    _remove(draft)
    try:
        with duckdb.connect(draft, config=STORAGE) as connection:
            prepare(connection, archive)
            fill(connection, archive, models)
            check(connection)
            describe(connection, models)
            install_macros(connection)
            inputs.remember(connection, made_from, proven)
        _publish(draft, archive / DATABASE)
    except duckdb.Error as error:
        raise AnalysisError(f"{archive}: {_told(error)}") from error
    finally:
        _remove(draft)


def prepare(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Give a connection what models expect: search path, schemas and macros.

    Relative paths in models lead into the archive first, then into the project, then
    to empty tables of what the archive does not have.
    """
    connection.execute(f"set file_search_path = '{archive.resolve()},{ROOT},{EMPTY}'")
    connection.execute("set timezone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    # What does not fit is written beside the draft and read again.
    connection.execute(f"set memory_limit = '{_memory_mb()}MB'")
    connection.execute(f"set temp_directory = '{archive.resolve() / SPILL}'")
    for layer in LAYERS:
        connection.execute(f"create schema {layer}")
    for path in sorted(MACROS.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


def _memory_mb() -> int:
    """Half of the machine's memory, at most MOST_MEMORY_MB."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(machine // 2_000_000, MOST_MEMORY_MB)


def make_all(
    connection: duckdb.DuckDBPyConnection, archive: Path, models: list[Model]
) -> None:
    """Write the tables of all models, which come after those they read."""
    for model in models:
        make(connection, model, archive / cache.FOLDER)


def make(connection: duckdb.DuckDBPyConnection, model: Model, kept: Path) -> None:
    """Write one model's table and check its key.

    What is dear to compute is kept in the folder `kept`.
    """
    started = time.monotonic()
    try:
        if model.is_python or model.is_kept:
            rows = _table(connection, model, kept)
            connection.register("python_rows", rows)
            connection.execute(f"create table {model.name} as from python_rows")
            connection.unregister("python_rows")
        else:
            connection.execute(f"create {_kind(model)} {model.name} as\n{model.source}")
    except duckdb.Error as error:
        raise ModelError(f"{model.path}: {_told(error)}") from error
    count = check_key(connection, model)
    seconds = time.monotonic() - started
    log.info("%-28s %8d rows %6.2f s", model.name, count, seconds)


def _kind(model: Model) -> str:
    return "view" if model.is_view else "table"


def _told(error: duckdb.Error) -> str:
    """What DuckDB says, whole where a query is wrong; else one line with the remedy."""
    if isinstance(error, (duckdb.ParserException, duckdb.BinderException)):
        return str(error)
    reason = str(error).partition("\n")[0]
    return f"{reason}; see that there is space, and run `make verify`"


def _table(connection: duckdb.DuckDBPyConnection, model: Model, kept: Path) -> object:
    if model.is_kept:
        name = model.name.partition(".")[2]
        return kept_table(connection, model, kept / f"{name}.parquet")
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


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Run every check; each asks for offending rows.

    Raises:
        ModelError: a check found some.
    """
    for path in sorted(CHECKS.glob("*.sql")):
        bad = connection.execute(path.read_text(encoding="utf-8")).fetchmany(20)
        if bad:
            raise ModelError(f"check {path.stem}: {len(bad)} rows, first {bad[0]}")


def describe(connection: duckdb.DuckDBPyConnection, models: list[Model]) -> None:
    """Write the meaning of every table and column into the database.

    Raises:
        ModelError: a column has no row in seeds/columns.csv, or a row no column.
    """
    # A thousand comments; each by itself would be written to disk.
    connection.begin()
    for model in models:
        _comment(connection, f"{_kind(model)} {model.name}", model.meaning)
    with COLUMNS.open(encoding="utf-8", newline="") as file:
        meanings = {row["column_name"]: row for row in csv.DictReader(file)}
    columns = connection.execute(
        "select schema_name || '.' || table_name, column_name "
        "from duckdb_columns() where not internal"
    ).fetchall()
    names = {column for _, column in columns}
    if names != meanings.keys():
        raise ModelError(
            f"{COLUMNS.name}: without a row: {sorted(names - meanings.keys())}; "
            f"without a column: {sorted(meanings.keys() - names)}"
        )
    for table, column in columns:
        row = meanings[column]
        unit = f" [{row['unit']}]" if row["unit"] else ""
        _comment(connection, f"column {table}.{column}", row["meaning"] + unit)
    connection.commit()


def _comment(connection: duckdb.DuckDBPyConnection, what: str, meaning: str) -> None:
    quoted = meaning.replace("'", "''")
    connection.execute(f"comment on {what} is '{quoted}'")


def _publish(draft: Path, database: Path) -> None:
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(database)


def _remove(draft: Path) -> None:
    draft.unlink(missing_ok=True)
    draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    # What a killed build had no memory for.
    shutil.rmtree(draft.with_name(SPILL), ignore_errors=True)
