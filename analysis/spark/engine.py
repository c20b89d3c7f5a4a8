"""Make all tables of an archive on Spark; DuckDB then checks and publishes them.

What is told of one ad or one text is made by the very same models, in DuckDB, over
parts of all ads or texts; joins run in Spark where the lint lets them, else here.
"""

import logging
import shutil
import time
from pathlib import Path

import duckdb

from analysis.build import Fill
from analysis.errors import AnalysisError
from analysis.models import LAYERS, Model
from analysis.spark.parts import run_ads, run_texts, spread_bundle
from analysis.spark.places import Place, Placed, places
from analysis.spark.session import session
from analysis.spark.store import Store
from analysis.spark.tables import Run, make_here, take, write

log = logging.getLogger(__name__)

# One level deeper than collected Parquet, which is proven as such.
STORE = "spark/tables"
SCRATCH = "adwatch.next.spark"


def spark_fill(master: str, uri: str | None) -> Fill:
    """What makes all tables on the Spark at `master`; `uri` is seen by all machines."""

    def fill(
        connection: duckdb.DuckDBPyConnection, archive: Path, models: list[Model]
    ) -> None:
        placed = places(models)
        _tell(placed)
        scratch = archive / SCRATCH
        # What a killed build left.
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            with session(master, scratch.resolve() / "warehouse") as spark:
                where = uri or (archive.resolve() / STORE).as_uri()
                store = Store(spark, where, scratch / "tables")
                _fill(Run(connection, spark, store, archive, scratch, placed))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    return fill


def _tell(placed: dict[str, Placed]) -> None:
    for place in Place:
        count = sum(one.place == place for one in placed.values())
        log.info("%3d of %d models %s", count, len(placed), place)


def _fill(run: Run) -> None:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    for layer in LAYERS:
        run.spark.sql(f"create database if not exists {layer}")
    try:
        for model in run.models(Place.ONCE):
            make_here(run, model)
        spread_bundle(run)
        columns = run_ads(run)
        _run_rest(run, columns)
        run.store.clear("packed")
    except (PySparkException, Py4JError) as error:
        raise AnalysisError(
            f"Spark: {_reason(str(error))}; see its workers' logs"
        ) from error


def _reason(said: str) -> str:
    """The line that matters: of a worker's Python the last one, of Spark the first."""
    of_python, found, trace = said.partition("Traceback (most recent call last)")
    lines = [line for line in (trace or of_python).splitlines() if line.strip()]
    told = [line for line in lines if not line[0].isspace()] if found else lines[:1]
    return told[-1].strip()[:500] if told else "no reason given"


def _run_rest(run: Run, columns: dict[str, bytes]) -> None:
    """Load what the parts made, and make all that reads over parts."""
    for name, one in run.placed.items():
        if one.place in (Place.PER_AD, Place.PER_TEXT):
            if name not in columns:
                columns.update(run_texts(run))
            take(run, one.model, columns[name])
        elif one.place == Place.SPARK:
            started = time.monotonic()
            write(run, name, run.spark.sql(one.spark_sql))
            take(run, one.model)
            log.info("%s: joined in %.1f s", name, time.monotonic() - started)
        elif one.place in (Place.WORDS, Place.DUCKDB):
            make_here(run, one.model)
