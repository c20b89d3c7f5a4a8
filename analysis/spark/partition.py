"""What a worker does with a part of all ads or texts: the very same models, in DuckDB.

Rows come and go as Arrow; one table of results carries all models' tables, each batch
packed as an Arrow stream beside the name of its table.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.cache import FOLDER, write_kept
from analysis.database import prepare
from analysis.spark.work import BUNDLE
from analysis.tables import make
from analysis.texts import needed_models

PACKED = "made string, columns binary, rows binary"
# Where the driver lays the tables that no ad is needed for.
GIVEN = "given"
# Tables named so are files to keep between builds, not models.
KEPT = "kept."
_ROWS = 20_000
_MEMORY = "2GB"


@dataclass(frozen=True)
class Part:
    """What is the same for all parts.

    `root` is the table, or the pattern of files, that a part's rows stand for; `kept`
    names files of earlier results (without their ending) with their versions: their
    rows come as a struct in a column of that name. `texts_count` is that of the whole
    archive.
    """

    root: str
    wanted: tuple[str, ...]
    given: tuple[str, ...]
    kept: tuple[tuple[str, str], ...] = ()
    texts_count: int = 0


def tables_of(
    batches: Iterable[pa.RecordBatch], part: Part
) -> Iterator[pa.RecordBatch]:
    """The tables `wanted`, made from the rows of one part."""
    found = list(batches)
    if not found:
        return
    # A core is one task's; Spark counts them.
    os.environ["ADWATCH_PROCESSES"] = "1"
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        archive, kept = Path(folder), Path(folder) / FOLDER
        rows = _without_kept(pa.Table.from_batches(found), part, kept)
        _prepare(connection, archive, part)
        given = [*part.given, *_take_in(connection, rows, part, archive)]
        for model in needed_models(part.wanted, given):
            make(connection, model, kept)
        for name in part.wanted:
            made = connection.execute(f"from {name}").to_arrow_reader(_ROWS)
            yield from _packed(name, made.schema, made)
        for path in sorted(kept.glob("*.parquet")):
            with pq.ParquetFile(path) as file:
                yield from _packed(
                    KEPT + path.name, file.schema_arrow, file.iter_batches(_ROWS)
                )


def _without_kept(rows: pa.Table, part: Part, kept: Path) -> pa.Table:
    """Lay earlier results where the models look for them; the rows without them."""
    for name, version in part.kept:
        known = rows[name].combine_chunks().drop_null().flatten()
        names = [field.name for field in rows.schema.field(name).type]
        write_kept(
            kept / f"{name}.parquet", version, pa.Table.from_arrays(known, names)
        )
        rows = rows.drop_columns([name])
    return rows


def _prepare(connection: duckdb.DuckDBPyConnection, archive: Path, part: Part) -> None:
    from pyspark import SparkFiles

    prepare(connection, archive)
    connection.execute("set threads = 1")
    connection.execute(f"set memory_limit = '{_MEMORY}'")
    for name in part.given:
        path = Path(SparkFiles.get(BUNDLE)) / GIVEN / f"{name}.parquet"
        connection.execute(f"create table {name} as from read_parquet('{path}')")


def _take_in(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, part: Part, archive: Path
) -> list[str]:
    """The rows as the table they are, or as the file that models read."""
    if part.root.endswith(".parquet"):
        path = archive / part.root.replace("*", "part")
        path.parent.mkdir(parents=True)
        pq.write_table(rows, path)
        return []
    connection.register("part_rows", rows)
    connection.execute(f"create table {part.root} as from part_rows")
    connection.unregister("part_rows")
    elsewhere = part.texts_count - len(rows)
    connection.execute(f"create or replace macro text.texts_elsewhere() as {elsewhere}")
    return [part.root]


def _packed(
    name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Batches as rows of PACKED, and one without rows: a table may have none."""
    columns = schema.serialize().to_pybytes()
    for batch in chain([_no_rows(schema)], batches):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema) as stream:
            stream.write_batch(batch)
        yield pa.RecordBatch.from_pydict(
            {
                "made": [name],
                "columns": pa.array([columns], pa.binary()),
                "rows": pa.array([sink.getvalue().to_pybytes()], pa.binary()),
            }
        )


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=schema)


def unpacked(
    batches: Iterable[pa.RecordBatch], columns: bytes
) -> Iterator[pa.RecordBatch]:
    """The rows packed in `rows`, in types that Spark has."""
    schema = spark_schema(pa.ipc.read_schema(pa.py_buffer(columns)))
    for batch in batches:
        for packed in batch.column("rows"):
            rows = pa.ipc.open_stream(packed.as_buffer()).read_all().cast(schema)
            yield from rows.to_batches()


def spark_schema(schema: pa.Schema) -> pa.Schema:
    """The same columns in types that Spark has: it knows no unsigned numbers."""
    return pa.schema(
        [pa.field(field.name, _spark_type(field.type)) for field in schema]
    )


def _spark_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_uint64(kind):
        return pa.decimal128(20, 0)
    if pa.types.is_unsigned_integer(kind):
        return pa.int64()
    if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
        return pa.list_(_spark_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _spark_type(field.type)) for field in kind])
    return kind
