"""Build every model into a new database and publish it when all checks hold.

The new file is built beside the published one and moved over it, so readers see the
old database or the new one, and a failed build changes nothing.
"""

import csv
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from analysis import cache, inputs
from analysis.alone import alone_in
from analysis.database import ROOT, SPILL, prepare
from analysis.desk.install import install_macros
from analysis.errors import AnalysisError, ModelError
from analysis.models import Model, ordered_models
from analysis.renewal import PART, CannotRenewError, renew
from analysis.scopes import ADS
from analysis.tables import kind_of, make, told

log = logging.getLogger(__name__)

CHECKS = ROOT / "analysis" / "checks"
COLUMNS = ROOT / "seeds" / "columns.csv"
DATABASE = "adwatch.duckdb"
DRAFT = "adwatch.next.duckdb"
# Packs text closer than what older releases of DuckDB can open.
STORAGE: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.5.0"
}
# Smaller archives are made anew as quickly, and so are those of which more is new.
LEAST_ROWS = 100_000
MOST_NEW = 0.5
Fill = Callable[[duckdb.DuckDBPyConnection, Path, list[Model]], None]


def build(archive: Path, fill: Fill | None = None) -> Path:
    """The database of `archive`, built from its Parquet and the seeds.

    One that was built from the very same files, code and packages is left as it is;
    where only ads came since, it is renewed (analysis.renewal). `fill` makes all
    tables, by default here and one after the other.

    Raises:
        AnalysisError: nothing was collected, a file of it is damaged, or a model, key
            or check fails; the published database is then untouched.
    """
    if not any(archive.glob("ads/*/*.parquet")):
        raise AnalysisError(f"{archive}: no collected ads; run `make collect` first")
    models = ordered_models()
    with alone_in(archive):
        files = inputs.collected(archive, models)
        made_from = inputs.fingerprint(archive, models, files)
        if inputs.was_built_from(archive / DATABASE, made_from):
            log.info("nothing changed since %s was built", DATABASE)
        else:
            inputs.prove_parquet(files, inputs.proven_files(archive / DATABASE))
            if fill or not _renew(archive, models, made_from, files):
                _build(archive, models, fill or make_all, made_from, files)
    return archive / DATABASE


def _renew(
    archive: Path, models: list[Model], made_from: str, files: inputs.Hashes
) -> bool:
    """Whether the last database could be brought up to date and published."""
    rows = _rows(archive.glob(ADS))
    if rows < LEAST_ROWS:
        return False
    new_files = inputs.new_ads(archive, archive / DATABASE, files)
    if new_files is None or _rows(new_files) > MOST_NEW * rows:
        return False
    log.info("%s is renewed for %d new files of ads", DATABASE, len(new_files))
    try:
        with _published(archive) as draft:
            shutil.copyfile(archive / DATABASE, draft)
            with duckdb.connect(draft, config=STORAGE) as connection:
                renew(connection, archive, models, new_files)
                _finish(connection, models, made_from, files)
    except (duckdb.Error, ModelError, CannotRenewError, OSError) as error:
        reason = str(error).partition("\n")[0]
        log.warning("%s cannot be renewed (%s): made anew", DATABASE, reason)
        return False
    return True


def _rows(paths: Iterable[Path]) -> int:
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _build(
    archive: Path,
    models: list[Model],
    fill: Fill,
    made_from: str,
    files: inputs.Hashes,
) -> None:
    try:
        with (
            _published(archive) as draft,
            duckdb.connect(draft, config=STORAGE) as connection,
        ):
            prepare(connection, archive)
            fill(connection, archive, models)
            install_macros(connection)
            _finish(connection, models, made_from, files)
    except duckdb.Error as error:
        raise AnalysisError(f"{archive}: {told(error)}") from error


@contextmanager
def _published(archive: Path) -> Iterator[Path]:
    """A draft that takes the database's place once it is written without error."""
    draft = archive / DRAFT
    _remove(draft)
    try:
        yield draft
        _publish(draft, archive / DATABASE)
    finally:
        _remove(draft)


def _finish(
    connection: duckdb.DuckDBPyConnection,
    models: list[Model],
    made_from: str,
    files: inputs.Hashes,
) -> None:
    check(connection)
    describe(connection, models)
    inputs.remember(connection, made_from, files)


def make_all(
    connection: duckdb.DuckDBPyConnection, archive: Path, models: list[Model]
) -> None:
    """Write the tables of all models, which come after those they read."""
    for model in models:
        make(connection, model, archive / cache.FOLDER)


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
        _comment(connection, f"{kind_of(model)} {model.name}", model.meaning)
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
    # What a killed build had no memory for, or had before it.
    for name in (SPILL, PART):
        shutil.rmtree(draft.with_name(name), ignore_errors=True)
