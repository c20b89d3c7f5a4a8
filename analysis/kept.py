"""Models that say in their header that a row hangs on one text alone: `-- Kept: why`.

Their rows are kept in Parquet with a digest of all that was read for their text, so a
build computes only texts of which something changed. What the model reads besides, its
own wording, the macros and DuckDB's version are the version of the file.
"""

from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.cache import read_kept, write_kept
from analysis.database import MACROS, second_database
from analysis.models import Model

_DIGEST = "digest"
_FRESH = "fresh_texts"


def kept_table(
    connection: duckdb.DuckDBPyConnection, model: Model, path: Path
) -> pa.Table:
    """The rows of a model by text; `path` holds those of former builds."""
    empty = connection.execute(f"select * from (\n{model.source}\n) limit 0")
    schema = empty.to_arrow_table().schema.append(pa.field(_DIGEST, pa.string()))
    texts = {name for name in model.reads if _is_by_text(connection, name)}
    version = _version(connection, model, sorted(model.reads - texts))
    connection.register("kept_rows", read_kept(path, version, schema))
    _digest_texts(connection, sorted(texts))
    same = connection.execute(
        f"from kept_rows semi join asked_texts using (text_hash, {_DIGEST})"
    ).to_arrow_table()
    connection.register("same_rows", same)
    fresh = _fresh_rows(connection, model, texts)
    connection.register("new_rows", fresh)
    added = connection.execute(
        "from new_rows inner join asked_texts using (text_hash) "
        f"select new_rows.*, asked_texts.{_DIGEST}"
    ).to_arrow_table()
    rows = pa.concat_tables([same.cast(schema), added.cast(schema)])
    if len(added):
        write_kept(path, version, rows)
    for name in ("kept_rows", "same_rows", "new_rows"):
        connection.unregister(name)
    connection.execute("drop table asked_texts")
    return rows.drop_columns([_DIGEST])


def _is_by_text(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    described = connection.execute(f"describe {name}").fetchall()
    return any(column == "text_hash" for column, *_ in described)


def _version(
    connection: duckdb.DuckDBPyConnection, model: Model, others: list[str]
) -> str:
    """A hash of what every row hangs on, whatever its text."""
    digest = sha256(f"{duckdb.__version__}\n{model.source}".encode())
    for path in sorted(MACROS.glob("*.sql")):
        digest.update(path.read_bytes())
    for name in others:
        whole = f"select count(*), sum(hash(whole)) from {name} as whole"
        digest.update(f"{name} {connection.execute(whole).fetchall()}\n".encode())
    return digest.hexdigest()


def _digest_texts(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """A temporary table: each text that any of these tables has, and all they say."""
    said = " union all ".join(
        f"select text_hash, hash('{name}', said) as row_hash from {name} as said"
        for name in texts
    )
    connection.execute(
        "create or replace temp table asked_texts as "
        f"select text_hash, cast(sum(row_hash) as varchar) as {_DIGEST} "
        f"from ({said}) group by text_hash"
    )


def _fresh_rows(
    connection: duckdb.DuckDBPyConnection, model: Model, texts: set[str]
) -> pa.Table:
    """The model run on the texts without kept rows alone.

    Tables of the same names, in a database of their own, show it only those.
    """
    with second_database(connection, _FRESH) as home:
        connection.execute(
            f"create table {_FRESH}.new_texts as select text_hash from asked_texts "
            "anti join same_rows using (text_hash)"
        )
        for name in sorted(model.reads):
            only = f"semi join {_FRESH}.new_texts using (text_hash)"
            connection.execute(
                f'create view {name} as from "{home}".{name} '
                + (only if name in texts else "")
            )
        return connection.execute(model.source).to_arrow_table()
