"""Building and publishing the database."""

import hashlib
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from analysis.__main__ import main
from analysis.build import DATABASE
from analysis.database import prepare
from analysis.errors import AnalysisError, ModelError
from analysis.inputs import (
    collected,
    fingerprint,
    prove_parquet,
    proven_files,
    was_built_from,
)
from analysis.models import ordered_models, read_model
from analysis.tables import check_key, make


def ask(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_flagged_ads_carry_their_evidence(sample: Path) -> None:
    rows = ask(
        sample / DATABASE,
        "select wording, quote, quote_words, rule_ids, term_ids, flagged_by, "
        "example_label_ids, page_sha256 "
        "from marts.flagged_ads",
    )
    assert len(rows) >= 20
    for wording, quote, words, rules, terms, by, examples, page in rows:
        assert str(quote) in str(wording)
        assert all(word in str(quote) for word in words)  # type: ignore[attr-defined]
        if "rules" in str(by):
            assert words
            assert rules
            assert terms
        if "score" in str(by):
            assert len(examples) == 3  # type: ignore[arg-type]
        assert page


def test_every_table_and_column_says_what_it_holds(sample: Path) -> None:
    database = sample / DATABASE
    for what in ("columns", "tables"):
        sql = f"from duckdb_{what}() where not internal and comment is null"
        assert ask(database, sql) == []


def test_every_flag_leads_to_the_bytes_received(sample: Path) -> None:
    import gzip
    import hashlib
    import json

    rows = ask(
        sample / DATABASE,
        "select flagged_ads.ad_id, pages.library, pages.run_id, pages.page_file, "
        "pages.page_sha256 from marts.flagged_ads "
        "inner join staging.pages using (page_sha256)",
    )
    assert rows
    for ad_id, library, run_id, page_file, sha256 in rows:
        path = sample / "raw" / str(library) / str(run_id) / str(page_file)
        body = gzip.decompress(path.read_bytes())
        assert hashlib.sha256(body).hexdigest() == sha256
        ids = {f"meta:{ad['id']}" for ad in json.loads(body)["data"]}
        assert ad_id in ids


def test_an_unchanged_archive_is_not_built_again(archive: Path) -> None:
    before = (archive / DATABASE).stat().st_ino
    assert main(["build", "--archive", str(archive)]) == 0
    assert (archive / DATABASE).stat().st_ino == before


CHANGES = ["archive.json", "ads/meta/*.parquet", "raw/meta/*/manifest.jsonl"]


@pytest.mark.parametrize("pattern", CHANGES)
def test_any_changed_file_asks_for_a_new_database(archive: Path, pattern: str) -> None:
    assert was_built_from(archive / DATABASE, _fingerprint(archive))
    changed = next(archive.glob(pattern))
    changed.write_bytes(changed.read_bytes() + b" ")
    assert not was_built_from(archive / DATABASE, _fingerprint(archive))


def _fingerprint(archive: Path) -> str:
    models = ordered_models()
    return fingerprint(archive, models, collected(archive, models))


def test_what_spark_left_in_an_archive_is_no_part_of_it(archive: Path) -> None:
    before = _fingerprint(archive)
    # A table as Spark writes it: a folder of files.
    (archive / "spark" / "tables" / "kept.scores.parquet").mkdir(parents=True)
    assert _fingerprint(archive) == before


def test_proven_bytes_are_not_read_again_and_others_are(archive: Path) -> None:
    proven = proven_files(archive / DATABASE)
    assert proven == sorted(collected(archive, ordered_models()).values())
    file = next(archive.glob("ads/*/*.parquet"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(AnalysisError, match="is damaged"):
        prove_parquet(collected(archive, ordered_models()), proven)
    prove_parquet(
        collected(archive, ordered_models()),
        [hashlib.sha256(content).hexdigest(), *proven],
    )


def test_a_changed_bit_in_any_column_is_noticed(archive: Path) -> None:
    models = ordered_models()
    file = next(archive.glob("ads/*/*.parquet"))
    sound = file.read_bytes()
    with pq.ParquetFile(file) as parquet:
        group = parquet.metadata.row_group(0)
    for chunk in map(group.column, range(group.num_columns)):
        begins = [chunk.dictionary_page_offset, chunk.data_page_offset]
        end = min(filter(None, begins)) + chunk.total_compressed_size
        content = bytearray(sound)
        content[end - 1] ^= 1
        file.write_bytes(content)
        with pytest.raises(AnalysisError, match="is damaged"):
            prove_parquet(collected(archive, models), [])


KEYS = [
    ("values ('a', 'v'), ('b', 'v'), ('a', 'w')", True),
    ("values ('a', 'v'), ('b', 'v'), ('a', 'v')", False),
    ("values ('a', 'v'), ('b', null)", False),
]


@pytest.mark.parametrize(("rows", "is_good"), KEYS)
def test_a_key_that_repeats_or_is_null_is_refused(
    tmp_path: Path, rows: str, is_good: bool
) -> None:
    path = tmp_path / "hits" / "examples.sql"
    path.parent.mkdir()
    path.write_text(
        "-- hits.examples: what it holds.\n"
        "-- Grain: one row per ad_id, version_hash.\n"
        "-- Reads: text.ad_texts.\n"
        "-- Caveat: none known.\n"
        "from text.ad_texts"
    )
    with duckdb.connect() as connection:
        connection.execute("create schema hits")
        connection.execute(
            f"create table hits.examples as from ({rows}) as x (ad_id, version_hash)"
        )
        if is_good:
            assert check_key(connection, read_model(path)) == 3
        else:
            with pytest.raises(ModelError, match="not one row per ad_id, version_hash"):
                check_key(connection, read_model(path))


def test_a_file_that_is_no_database_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database")
    assert not was_built_from(tmp_path / DATABASE, "")


def test_a_failed_check_leaves_the_published_database_alone(
    archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    published = (archive / DATABASE).read_bytes()
    (archive / "archive.json").write_text('{"archive": "mixed", "is_invented": false}')
    assert main(["build", "--archive", str(archive)]) == 1
    assert "check ads__are_of_the_archive" in caplog.text
    assert (archive / DATABASE).read_bytes() == published
    assert not list(archive.glob("*.next*"))


def test_an_archive_without_ads_names_the_remedy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert main(["build", "--archive", str(tmp_path)]) == 1
    assert "run `make collect` first" in caplog.text


def test_what_does_not_fit_in_memory_gets_more_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "hits" / "large.sql"
    path.parent.mkdir()
    path.write_text(
        "-- hits.large: one long list.\n-- Grain: one row.\n"
        "-- Reads: staging.runs.\n-- Caveat: invented for this test.\n"
        "select list(numbers.number) as numbers from staging.runs "
        "cross join range(5_000_000) as numbers (number)\n"
    )
    with duckdb.connect(tmp_path / "small.duckdb") as connection:
        prepare(connection, tmp_path)
        connection.execute("create table staging.runs as select 1 as run_id")
        connection.execute("set memory_limit = '40MB'")
        make(connection, read_model(path), tmp_path)
        made = connection.execute("select len(numbers) from hits.large").fetchall()
    assert made == [(5_000_000,)]
    assert "hits.large: made with up to" in caplog.text
