"""A database renewed for new ads says what one made anew says."""

import logging
import shutil
from pathlib import Path

import duckdb
import pytest

from analysis import build as module
from analysis import inputs
from analysis.build import DATABASE, build
from analysis.errors import ModelError
from analysis.inputs import collected, new_ads
from analysis.models import ordered_models
from analysis.scopes import ADS, Scope, scopes

LAST = "20261115T060000Z"
TABLES = (
    "select schema_name || '.' || table_name from duckdb_tables() "
    "where database_name = 'anew' and not internal"
)


@pytest.fixture
def grown(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample archive with the database of its first run alone."""
    monkeypatch.setattr(module, "LEAST_ROWS", 0)
    monkeypatch.setattr(module, "MOST_NEW", 1)
    archive = tmp_path / "sample"
    shutil.copytree(sample, archive, ignore=shutil.ignore_patterns(DATABASE))
    later = [f"ads/meta/{LAST}.parquet", f"raw/meta/{LAST}"]
    for path in later:
        (archive / path).rename(tmp_path / path.replace("/", "_"))
    build(archive)
    for path in later:
        (tmp_path / path.replace("/", "_")).rename(archive / path)
    return archive


def differing_tables(one: Path, other: Path) -> list[str]:
    """Tables that do not have the same rows in the databases of two archives."""
    with duckdb.connect() as connection:
        for name, archive in (("renewed", one), ("anew", other)):
            connection.execute(f"attach '{archive / DATABASE}' as {name} (read_only)")
        tables = [table for (table,) in connection.execute(TABLES).fetchall()]
        assert len(tables) > 90
        compared = (
            f"(from anew.{table} except all from renewed.{table}) union all "
            f"(from renewed.{table} except all from anew.{table}) limit 1"
            for table in tables
        )
        rows = [connection.execute(query).fetchall() for query in compared]
    return [table for table, found in zip(tables, rows, strict=True) if found]


def test_every_table_is_as_if_made_anew(
    grown: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, "_build")
    build(grown)
    assert differing_tables(grown, sample) == []
    assert not list(grown.glob("adwatch.next*"))
    # No ad is new, but something else is, as after a review.
    (grown / "archive.json").write_bytes((grown / "archive.json").read_bytes() + b" ")
    build(grown)
    assert differing_tables(grown, sample) == []


def test_what_cannot_be_renewed_is_made_anew(
    grown: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ModelError("no such table")

    monkeypatch.setattr(module, "renew", fail)
    with caplog.at_level(logging.WARNING):
        build(grown)
    assert "cannot be renewed (no such table): made anew" in caplog.text
    with duckdb.connect(grown / DATABASE, read_only=True) as connection:
        found = connection.execute(
            "select count(*) > 0 from staging.ad_sightings where run_id = ?", [LAST]
        ).fetchall()
    assert found == [(True,)]


def test_other_code_or_a_file_less_needs_a_database_made_anew(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sample / DATABASE
    assert new_ads(sample, database, collected(sample, ordered_models())) == []
    archive = tmp_path / "less"
    shutil.copytree(sample, archive, ignore=shutil.ignore_patterns(DATABASE))
    next(archive.glob(ADS)).unlink()
    assert new_ads(archive, database, collected(archive, ordered_models())) is None
    monkeypatch.setattr(inputs, "code_version", lambda: "another")
    assert new_ads(sample, database, collected(sample, ordered_models())) is None


def test_what_compares_ads_or_texts_hangs_on_all() -> None:
    found = scopes(ordered_models())
    for name in (
        "hits.audience_hits",
        "hits.text_clusters",
        "hits.translated_pairs",
        "marts.cluster_members",
    ):
        assert found[name] == Scope.ALL, name
    assert found["text.vocabulary"] == Scope.WORDS
