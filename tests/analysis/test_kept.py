"""Rows kept by text: computed once, never used for what has changed."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.cache import write_kept
from analysis.database import prepare
from analysis.kept import kept_table
from analysis.models import Model, ordered_models, read_model

SQL = """-- hits.weighed: how heavy each text is.
-- Grain: one row per text_hash.
-- Reads: hits.text_concepts, staging.semantic_model.
-- Kept: a text's weight hangs on no other text.
-- Caveat: invented for this test.
select
    text_concepts.text_hash,
    text_concepts.concept_mask * semantic_model.weight as heaviness
from hits.text_concepts
cross join staging.semantic_model
where text_concepts.concept_mask > 0
"""
FIRST = {"one": 20, "two": 40}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(tmp_path / "kept.duckdb") as opened:
        prepare(opened, tmp_path)
        opened.execute("create table staging.semantic_model as select 2 as weight")
        opened.execute(
            "create table hits.text_concepts as from (values ('one', 10), ('two', 20), "
            "('none', 0)) as rows (text_hash, concept_mask)"
        )
        yield opened


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "weighed.parquet"


def weighed(
    connection: duckdb.DuckDBPyConnection, path: Path, sql: str = SQL
) -> dict[str, int]:
    source = path.parents[1] / "hits" / "weighed.sql"
    source.parent.mkdir(exist_ok=True)
    source.write_text(sql, encoding="utf-8")
    rows = kept_table(connection, read_model(source), path).to_pylist()
    return {row["text_hash"]: row["heaviness"] for row in rows}


def mark(path: Path) -> None:
    """Make kept rows tell that they are: each heavier by one than it can be."""
    table = pq.read_table(path)
    place = table.column_names.index("heaviness")
    field = table.schema.field(place)
    told = pa.array([row + 1 for row in table["heaviness"].to_pylist()], field.type)
    marked = table.set_column(place, field, told)
    version = (table.schema.metadata or {})[b"adwatch.version"].decode()
    write_kept(path, version, marked)


def test_what_is_kept_is_not_computed_again(
    connection: duckdb.DuckDBPyConnection, kept: Path
) -> None:
    assert weighed(connection, kept) == FIRST
    mark(kept)
    assert weighed(connection, kept) == {"one": 21, "two": 41}


def test_only_a_text_that_changed_or_came_is_computed(
    connection: duckdb.DuckDBPyConnection, kept: Path
) -> None:
    weighed(connection, kept)
    mark(kept)
    connection.execute(
        "update hits.text_concepts set concept_mask = 30 where text_hash = 'two'"
    )
    connection.execute("insert into hits.text_concepts values ('new', 5)")
    assert weighed(connection, kept) == {"one": 21, "two": 60, "new": 10}


def test_a_text_that_left_has_no_row(
    connection: duckdb.DuckDBPyConnection, kept: Path
) -> None:
    weighed(connection, kept)
    connection.execute("delete from hits.text_concepts where text_hash = 'one'")
    assert weighed(connection, kept) == {"two": 40}


@pytest.mark.parametrize(
    ("change", "sql", "expected"),
    [
        ("update staging.semantic_model set weight = 3", SQL, {"one": 30, "two": 60}),
        ("select 1", SQL.replace(" > 0", " > 10"), {"two": 40}),
    ],
)
def test_what_all_rows_hang_on_makes_them_anew(
    connection: duckdb.DuckDBPyConnection,
    kept: Path,
    change: str,
    sql: str,
    expected: dict[str, int],
) -> None:
    weighed(connection, kept)
    mark(kept)
    connection.execute(change)
    assert weighed(connection, kept, sql) == expected


def test_a_damaged_file_is_made_anew(
    connection: duckdb.DuckDBPyConnection, kept: Path
) -> None:
    weighed(connection, kept)
    mark(kept)
    content = bytearray(kept.read_bytes())
    content[len(content) // 3] ^= 0xFF
    kept.write_bytes(content)
    assert weighed(connection, kept) == FIRST
    kept.write_bytes(b"PAR1")
    assert weighed(connection, kept) == FIRST


def test_nothing_is_left_behind_in_the_database(
    connection: duckdb.DuckDBPyConnection, kept: Path
) -> None:
    before = connection.execute("from duckdb_databases() select database_name")
    names = before.fetchall()
    weighed(connection, kept)
    after = connection.execute("from duckdb_databases() select database_name")
    assert after.fetchall() == names
    tables = "from duckdb_tables() select table_name where schema_name in ('main')"
    assert connection.execute(tables).fetchall() == []


def kept_models() -> list[Model]:
    return [model for model in ordered_models() if model.is_kept]


@pytest.mark.parametrize("model", kept_models(), ids=lambda model: model.name)
def test_a_kept_model_says_whose_row_it_is(model: Model) -> None:
    assert model.key[0] == "text_hash"
    assert not model.is_python
