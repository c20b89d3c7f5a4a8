"""Results per text that are costly to compute: kept in Parquet between builds.

A file holds the rows of one version of whatever computes them; another version, or
another shape of the rows, starts it anew.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

log = logging.getLogger(__name__)

FOLDER = "cache"
ALL_TEXTS = "select text_hash, wording from text.texts"
_VERSION = b"adwatch.version"
_BATCH = 20_000


def cached(
    connection: duckdb.DuckDBPyConnection,
    path: Path | None,
    version: str,
    schema: pa.Schema,
    compute: Callable[[list[str], list[str]], pa.Table],
    asked: str = ALL_TEXTS,
    at_once: int = _BATCH,
) -> pa.Table:
    """Rows for the texts `asked` for, computing only those that `path` does not hold.

    `asked` is a select of text_hash and wording. `compute` gets text hashes and
    wordings, so many `at_once`, and gives a table of `schema`, whose first column is
    text_hash. What was computed is kept even if a later step of the build fails;
    without a path nothing is.
    """
    known = read_kept(path, version, schema)
    connection.register("known_texts", known.select(["text_hash"]))
    new = connection.execute(
        f"select text_hash, wording from ({asked}) as asked "
        "anti join known_texts using (text_hash) order by text_hash"
    ).to_arrow_reader(at_once)
    found = [known]
    for batch in new:
        columns = batch.to_pydict()
        found.append(compute(columns["text_hash"], columns["wording"]).cast(schema))
    connection.unregister("known_texts")
    rows = pa.concat_tables(found)
    if path and len(rows) > len(known):
        log.info("%-28s %8d new rows", path.name, len(rows) - len(known))
        write_kept(path, version, rows)
    return _current(connection, rows, asked)


def _current(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, asked: str
) -> pa.Table:
    """Rows of the texts asked for, in the order of their hashes."""
    connection.register("all_rows", rows)
    current = connection.execute(
        "select all_rows.* from all_rows "
        f"semi join ({asked}) as asked using (text_hash) order by text_hash"
    ).to_arrow_table()
    connection.unregister("all_rows")
    return current


def read_kept(path: Path | None, version: str, schema: pa.Schema) -> pa.Table:
    """What `path` holds of this version in this shape; else no rows."""
    if path is None or not path.exists():
        return schema.empty_table()
    try:
        kept = pq.read_schema(path)
        is_same = (kept.metadata or {}).get(_VERSION) == version.encode()
        if not is_same or kept.names != schema.names:
            return schema.empty_table()
        # A flipped bit would be another vector, and so another flag.
        return pq.read_table(path, page_checksum_verification=True).cast(schema)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0]
        log.warning("%s: cannot be read (%s); made anew", path, reason)
        return schema.empty_table()


def kept_version(schema: pa.Schema) -> str:
    """The version of what computed a file of this schema; empty if it does not say."""
    return str((schema.metadata or {}).get(_VERSION, b"").decode())


def write_kept(path: Path, version: str, rows: pa.Table) -> None:
    """Replace the file whole: a killed build leaves the old one or the new one."""
    rows = rows.replace_schema_metadata({_VERSION: version.encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".next")
    pq.write_table(rows, draft, compression="zstd", write_page_checksum=True)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)
