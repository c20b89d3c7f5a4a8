"""A table is in three places: Parquet in the store, known to Spark, and in DuckDB."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from analysis.cache import FOLDER
from analysis.errors import ModelError
from analysis.models import Model
from analysis.spark.partition import KEPT
from analysis.spark.places import Place, Placed
from analysis.spark.store import Store
from analysis.tables import check_key, make

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

log = logging.getLogger(__name__)


@dataclass
class Run:
    """What a build on Spark needs at every step."""

    connection: duckdb.DuckDBPyConnection
    spark: "SparkSession"
    store: Store
    archive: Path
    scratch: Path
    placed: dict[str, Placed]

    def models(self, *wanted: Place) -> list[Model]:
        """The models of these places, in order."""
        return [one.model for one in self.placed.values() if one.place in wanted]


def make_here(run: Run, model: Model) -> None:
    """Make a table in DuckDB, and give it to Spark where a join reads it."""
    make(run.connection, model, run.archive / FOLDER)
    if any(model.name in other.reads for other in run.models(Place.SPARK)):
        path = _written(run, model.name, run.scratch / "made")
        run.store.clear(model.name)
        run.store.put(path, f"{model.name}/{path.name}")
        _tell_spark(run, model.name)


def _written(run: Run, name: str, folder: Path) -> Path:
    """A table of DuckDB as Parquet, in types that Spark has."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.parquet"
    columns = ", ".join(
        f"cast({column} as decimal(38, 0)) as {column}"
        if kind in ("HUGEINT", "UBIGINT")
        else column
        for column, kind in run.connection.execute(
            f"select column_name, column_type from (describe {name})"
        ).fetchall()
    )
    run.connection.execute(f"copy (select {columns} from {name}) to '{path}'")
    return path


def _tell_spark(run: Run, name: str) -> None:
    run.spark.sql(f"create table {name} using parquet location '{run.store.uri(name)}'")


def write(run: Run, name: str, frame: "DataFrame") -> None:
    """Write a frame as the table's Parquet, and tell Spark of it."""
    frame.write.mode("overwrite").parquet(run.store.uri(name))
    if not name.startswith(KEPT):
        _tell_spark(run, name)


def take(run: Run, model: Model, columns: bytes = b"") -> None:
    """Load a table from its Parquet, in the types that DuckDB itself gives it."""
    if columns:
        schema = pa.ipc.read_schema(pa.py_buffer(columns))
        run.connection.register("no_rows", schema.empty_table())
        run.connection.execute(f"create table {model.name} as from no_rows")
        run.connection.unregister("no_rows")
    else:
        run.connection.execute(
            f"create table {model.name} as\n{model.source}\nwith no data"
        )
    _load(run, model)
    count = check_key(run.connection, model)
    log.info("%-28s %8d rows from Spark", model.name, count)


def _load(run: Run, model: Model) -> None:
    rows = f"read_parquet('{run.store.get(model.name)}/*.parquet')"
    columns = [
        {
            name
            for (name,) in run.connection.execute(
                f"select column_name from (describe from {table})"
            ).fetchall()
        }
        for table in (model.name, rows)
    ]
    if columns[0] != columns[1]:
        raise ModelError(f"{model.name}: Spark names columns {columns[0] ^ columns[1]}")
    run.connection.execute(f"insert into {model.name} by name from {rows}")
