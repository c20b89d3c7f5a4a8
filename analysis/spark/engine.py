"""Make all tables of an archive on Spark; DuckDB then checks and publishes them.

What is told of one ad or one text is made by the very same models, in DuckDB, over
parts of all ads or texts; joins run in Spark where the lint lets them, else here.
"""

import logging
import math
import shutil
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.build import ROOT, Fill, check_key, make
from analysis.cache import FOLDER, kept_version, read_kept, write_kept
from analysis.errors import AnalysisError, ModelError
from analysis.models import LAYERS, Model
from analysis.spark.partition import GIVEN, KEPT, PACKED, Part, spark_schema
from analysis.spark.places import ADS, TEXTS, Place, Placed, places
from analysis.spark.session import session
from analysis.spark.store import Store
from analysis.spark.work import BUNDLE, with_bundle

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

log = logging.getLogger(__name__)

STORE = "spark"
# So many ads or texts make one part: minutes of work, some hundred MB.
ADS_PER_PART = 50_000
TEXTS_PER_PART = 10_000
# Tables written at once: most are small, and each has to be waited for.
_WRITERS = 4


@dataclass
class _Run:
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


def spark_fill(master: str, uri: str | None) -> Fill:
    """What makes all tables on the Spark at `master`; `uri` is seen by all machines."""

    def fill(
        connection: duckdb.DuckDBPyConnection, archive: Path, models: list[Model]
    ) -> None:
        placed = places(models)
        _tell(placed)
        with tempfile.TemporaryDirectory(dir=archive) as folder:
            scratch = Path(folder)
            with session(master, scratch / "warehouse") as spark:
                where = uri or (archive.resolve() / STORE).as_uri()
                store = Store(spark, where, scratch / "tables")
                run = _Run(connection, spark, store, archive, scratch, placed)
                _fill(run)

    return fill


def _tell(placed: dict[str, Placed]) -> None:
    for place in Place:
        count = sum(one.place == place for one in placed.values())
        log.info("%3d of %d models %s", count, len(placed), place)


def _fill(run: _Run) -> None:
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    for layer in LAYERS:
        run.spark.sql(f"create database if not exists {layer}")
    try:
        for model in run.models(Place.ONCE):
            _make_here(run, model)
        _spread_bundle(run)
        columns = _run_ads(run)
        _run_rest(run, columns)
    except (PySparkException, Py4JJavaError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise AnalysisError(f"Spark: {reason[:500]}; see its workers' logs") from error
    finally:
        run.store.clear("packed")


def _run_rest(run: _Run, columns: dict[str, bytes]) -> None:
    """Load what the parts made, and make all that reads over parts."""
    for name, one in run.placed.items():
        if one.place in (Place.PER_AD, Place.PER_TEXT):
            if name not in columns:
                columns.update(_run_texts(run))
            _take(run, one.model, columns[name])
        elif one.place == Place.SPARK:
            started = time.monotonic()
            _write(run, name, run.spark.sql(one.spark_sql))
            _take(run, one.model)
            log.info("%s: joined in %.1f s", name, time.monotonic() - started)
        elif one.place in (Place.WORDS, Place.DUCKDB):
            _make_here(run, one.model)


def _make_here(run: _Run, model: Model) -> None:
    """Make a table in DuckDB, and give it to Spark where a join reads it."""
    make(run.connection, model, run.archive / FOLDER)
    if any(model.name in other.reads for other in run.models(Place.SPARK)):
        path = _written(run, model.name, run.scratch / "made")
        run.store.put(path, f"{model.name}/{path.name}")
        _tell_spark(run, model.name)


def _written(run: _Run, name: str, folder: Path) -> Path:
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


def _tell_spark(run: _Run, name: str) -> None:
    run.spark.sql(f"create table {name} using parquet location '{run.store.uri(name)}'")


def _spread_bundle(run: _Run) -> None:
    """Give every worker the code, the seeds' tables and nothing else."""
    bundle = run.scratch / "bundle"
    ignored = shutil.ignore_patterns("__pycache__", "*.md")
    shutil.copytree(ROOT / "analysis", bundle / "analysis", ignore=ignored)
    (bundle / GIVEN).mkdir()
    for model in _given(run):
        path = bundle / GIVEN / f"{model.name}.parquet"
        run.connection.execute(f"copy {model.name} to '{path}'")
    packed = shutil.make_archive(str(run.scratch / BUNDLE), "zip", bundle)
    run.spark.sparkContext.addArchive(f"{packed}#{BUNDLE}")


def _given(run: _Run) -> list[Model]:
    """Tables without ads that the workers' models read."""
    readers = run.models(Place.PER_AD, Place.PER_TEXT, Place.WORDS)
    read = frozenset().union(*(model.reads for model in readers))
    return [model for model in run.models(Place.ONCE) if model.name in read]


def _run_ads(run: _Run) -> dict[str, bytes]:
    """Run the models of one ad, and text.texts, over parts of all ads."""
    for path in sorted(run.archive.glob(ADS)):
        run.store.put(path, str(path.relative_to(run.archive)))
    ads = run.spark.read.option("mergeSchema", "true").parquet(run.store.uri(ADS))
    made = [model.name for model in run.models(Place.PER_AD)]
    part = Part(ADS, (*made, TEXTS), _names(_given(run)))
    parts = _parts(run, ads.count(), ADS_PER_PART)
    run.spark.conf.set("spark.sql.shuffle.partitions", str(2 * parts))
    return _run_parts(run, "ads", ads.repartition(parts, "ad_id"), part)


def _run_texts(run: _Run) -> dict[str, bytes]:
    """Run the models of one text over parts of all texts."""
    texts = run.spark.table(TEXTS)
    models = [model for model in run.models(Place.PER_TEXT) if model.name != TEXTS]
    kept = []
    for path in _kept_files(run, models):
        run.store.put(path, f"kept/{path.name}")
        known = run.spark.read.parquet(run.store.uri(f"kept/{path.name}"))
        known = known.selectExpr("text_hash", f"struct(*) as {path.stem}")
        texts = texts.join(known, "text_hash", "left")
        kept.append((path.stem, kept_version(pq.read_schema(path))))
    count = run.spark.table(TEXTS).count()
    part = Part(TEXTS, _names(models), _names(_given(run)), tuple(kept), count)
    parts = _parts(run, count, TEXTS_PER_PART)
    columns = _run_parts(run, "texts", texts.repartition(parts, "text_hash"), part)
    _keep(run, columns)
    return columns


def _names(models: Iterable[Model]) -> tuple[str, ...]:
    return tuple(model.name for model in models)


def _parts(run: _Run, count: int, most: int) -> int:
    return max(run.spark.sparkContext.defaultParallelism, math.ceil(count / most))


def _kept_files(run: _Run, models: Iterable[Model]) -> list[Path]:
    """Earlier results of Python models, by which their files are named."""
    names = [f"{model.path.stem}.parquet" for model in models if model.is_python]
    paths = [run.archive / FOLDER / name for name in names]
    return [path for path in paths if path.exists()]


def _run_parts(
    run: _Run, label: str, frame: "DataFrame", part: Part
) -> dict[str, bytes]:
    """Run models over the parts of a frame, and write the tables that they make.

    Each table's columns, as an Arrow schema.
    """
    started = time.monotonic()
    uri = run.store.uri(f"packed/{label}")
    work = with_bundle("tables_of", part)
    packed = frame.mapInArrow(work, PACKED)
    packed.write.mode("overwrite").partitionBy("made").parquet(uri)
    packed = run.spark.read.parquet(uri)
    schemas = packed.groupBy("made").agg({"columns": "first"}).collect()
    columns = {name: bytes(schema) for name, schema in schemas}

    def write(name: str) -> None:
        rows = packed.where(packed.made == name).select("rows")
        unpack = with_bundle("unpacked", columns[name])
        made = rows.mapInArrow(unpack, _spark_columns(columns[name]))
        # Parts of the ads know of the same texts.
        made = made.dropDuplicates(["text_hash"]) if name == TEXTS else made
        _write(run, name, made)

    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(write, columns))
    log.info("%s: parts made in %.1f s", label, time.monotonic() - started)
    return columns


def _spark_columns(columns: bytes) -> "StructType":
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = spark_schema(pa.ipc.read_schema(pa.py_buffer(columns)))
    return from_arrow_schema(schema, prefer_timestamp_ntz=True)


def _write(run: _Run, name: str, frame: "DataFrame") -> None:
    """Write a frame as the table's Parquet, and tell Spark of it."""
    frame.write.mode("overwrite").parquet(run.store.uri(name))
    if not name.startswith(KEPT):
        _tell_spark(run, name)


def _take(run: _Run, model: Model, columns: bytes = b"") -> None:
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


def _load(run: _Run, model: Model) -> None:
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


def _keep(run: _Run, columns: dict[str, bytes]) -> None:
    """Lay results that are dear beside those of earlier builds."""
    for name in sorted(columns):
        if not name.startswith(KEPT):
            continue
        schema = pa.ipc.read_schema(pa.py_buffer(columns[name]))
        path = run.archive / FOLDER / name.removeprefix(KEPT)
        made = pq.read_table(run.store.get(name)).cast(schema)
        known = read_kept(path, kept_version(schema), schema)
        is_old = pc.invert(pc.is_in(known["text_hash"], made["text_hash"]))
        rows = pa.concat_tables([known.filter(is_old), made])
        write_kept(path, kept_version(schema), rows)
