"""The models of one ad or one text, run over parts of all ads and of all texts."""

import logging
import math
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.cache import FOLDER, kept_version, read_kept, write_kept
from analysis.database import ROOT
from analysis.models import Model
from analysis.scopes import ADS, TEXTS
from analysis.spark.partition import GIVEN, KEPT, PACKED, Part, spark_schema
from analysis.spark.places import Place
from analysis.spark.tables import Run, write
from analysis.spark.work import BUNDLE, with_bundle

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

log = logging.getLogger(__name__)

# So many ads or texts make one part: minutes of work, some hundred MB.
ADS_PER_PART = 50_000
TEXTS_PER_PART = 10_000
# Tables written at once: most are small, and each has to be waited for.
_WRITERS = 4


def spread_bundle(run: Run) -> None:
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


def _given(run: Run) -> list[Model]:
    """Tables without ads that the workers' models read."""
    readers = run.models(Place.PER_AD, Place.PER_TEXT, Place.WORDS)
    read = frozenset().union(*(model.reads for model in readers))
    return [model for model in run.models(Place.ONCE) if model.name in read]


def run_ads(run: Run) -> dict[str, bytes]:
    """Run the models of one ad, and text.texts, over parts of all ads."""
    ads = run.spark.read.option("mergeSchema", "true").parquet(*_ads_uris(run))
    made = [model.name for model in run.models(Place.PER_AD)]
    part = Part(ADS, (*made, TEXTS), _names(_given(run)))
    parts = _parts(run, ads.count(), ADS_PER_PART)
    run.spark.conf.set("spark.sql.shuffle.partitions", str(2 * parts))
    return _run_parts(run, "ads", ads.repartition(parts, "ad_id"), part)


def _ads_uris(run: Run) -> list[str]:
    """Where Spark finds the collected ads; what the store lacks is copied there."""
    paths = sorted(run.archive.resolve().glob(ADS))
    if run.store.is_within(run.archive):
        return [path.as_uri() for path in paths]
    names = [str(path.relative_to(run.archive.resolve())) for path in paths]
    for path, name in zip(paths, names, strict=True):
        run.store.put(path, name)
    return [run.store.uri(name) for name in names]


def run_texts(run: Run) -> dict[str, bytes]:
    """Run the models of one text over parts of all texts."""
    texts = run.spark.table(TEXTS)
    models = [model for model in run.models(Place.PER_TEXT) if model.name != TEXTS]
    kept = []
    run.store.clear("kept")
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


def _parts(run: Run, count: int, most: int) -> int:
    return max(int(run.spark.sparkContext.defaultParallelism), math.ceil(count / most))


def _kept_files(run: Run, models: Iterable[Model]) -> list[Path]:
    """Earlier results of Python models, by which their files are named."""
    names = [f"{model.path.stem}.parquet" for model in models if model.is_python]
    paths = [run.archive / FOLDER / name for name in names]
    return [path for path in paths if path.exists()]


def _run_parts(
    run: Run, label: str, frame: "DataFrame", part: Part
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

    def write_made(name: str) -> None:
        rows = packed.where(packed.made == name).select("rows")
        unpack = with_bundle("unpacked", columns[name])
        made = rows.mapInArrow(unpack, _spark_columns(columns[name]))
        # Parts of the ads know of the same texts.
        made = made.dropDuplicates(["text_hash"]) if name == TEXTS else made
        write(run, name, made)

    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(write_made, columns))
    log.info("%s: parts made in %.1f s", label, time.monotonic() - started)
    return columns


def _spark_columns(columns: bytes) -> "StructType":
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = spark_schema(pa.ipc.read_schema(pa.py_buffer(columns)))
    return from_arrow_schema(schema, prefer_timestamp_ntz=True)


def _keep(run: Run, columns: dict[str, bytes]) -> None:
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
