"""The cache of costly results per text."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.cache import cached

SCHEMA = pa.schema(
    [
        ("text_hash", pa.string()),
        ("length", pa.int64()),
        ("words", pa.list_(pa.string())),
    ]
)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("create schema text")
    made.execute("create table text.texts (text_hash varchar, wording varchar)")
    made.execute("insert into text.texts values ('b', 'two'), ('a', 'one!')")
    return made


class Lengths:
    """Computes lengths and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text_hashes: list[str], wordings: list[str]) -> pa.Table:
        self.asked += text_hashes
        lengths = list(map(len, wordings))
        return pa.table(
            [text_hashes, lengths, list(map(str.split, wordings))], schema=SCHEMA
        )


def rows(
    connection: duckdb.DuckDBPyConnection, path: Path, version: str = "1"
) -> tuple[list[tuple[str, int]], list[str]]:
    lengths = Lengths()
    table = cached(connection, path, version, SCHEMA, lengths)
    found = [(row["text_hash"], row["length"]) for row in table.to_pylist()]
    return found, lengths.asked


def test_each_text_is_computed_once(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "cache" / "lengths.parquet"
    assert rows(connection, path) == ([("a", 4), ("b", 3)], ["a", "b"])
    before = path.stat().st_mtime_ns
    assert rows(connection, path) == ([("a", 4), ("b", 3)], [])
    assert path.stat().st_mtime_ns == before
    connection.execute("insert into text.texts values ('c', 'three')")
    assert rows(connection, path) == ([("a", 4), ("b", 3), ("c", 5)], ["c"])


def test_texts_that_left_the_archive_are_kept_but_not_given(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "lengths.parquet"
    rows(connection, path)
    connection.execute("delete from text.texts where text_hash = 'a'")
    assert rows(connection, path) == ([("b", 3)], [])
    assert pq.read_table(path)["text_hash"].to_pylist() == ["a", "b"]


def test_another_version_starts_anew(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "lengths.parquet"
    rows(connection, path)
    assert rows(connection, path, version="2")[1] == ["a", "b"]


def test_the_file_is_replaced_whole(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows(connection, tmp_path / "lengths.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["lengths.parquet"]


def test_without_a_path_nothing_is_kept(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert len(cached(connection, None, "1", SCHEMA, Lengths())) == 2


def test_an_empty_archive_gives_no_rows(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute("delete from text.texts")
    assert rows(connection, tmp_path / "lengths.parquet") == ([], [])
