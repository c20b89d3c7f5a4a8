"""The main job on the sample archive: from recorded pages to a report."""

import csv
import hashlib
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from analysis.__main__ import main as analyze
from collectors.__main__ import main as collect
from reports.__main__ import main as report

TRUTH = Path("seeds/sample_archive/truth.csv")


def run_all(archive: Path) -> None:
    assert collect(["--archive", str(archive), "--sample"]) == 0
    assert analyze(["build", "--archive", str(archive)]) == 0
    assert report(["--archive", str(archive)]) == 0


@pytest.fixture(scope="module")
def archive(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, collected, analysed and reported once for this module."""
    folder = tmp_path_factory.mktemp("first") / "sample"
    shutil.copytree(sample, folder)
    assert report(["--archive", str(folder)]) == 0
    return folder


def hashes(folder: Path, pattern: str) -> dict[str, str]:
    """SHA-256 of every file that matches, by its path in `folder`."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob(pattern)
        if path.is_file()
    }


COLLECTED = ("raw/**/*", "ads/**/*.parquet")


def test_two_fresh_runs_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    run_all(tmp_path / "sample")
    for pattern in (*COLLECTED, "reports/**/*"):
        first = hashes(archive, pattern)
        assert len(first) >= 2, pattern
        assert hashes(tmp_path / "sample", pattern) == first
    versions = set()
    for folder in (archive, tmp_path / "sample"):
        with duckdb.connect(folder / "adwatch.duckdb", read_only=True) as connection:
            sql = "select database_version from marts.archive_facts"
            versions |= set(connection.execute(sql).fetchall())
    assert len(versions) == 1


def test_running_again_changes_and_doubles_nothing(archive: Path) -> None:
    before = {pattern: hashes(archive, pattern) for pattern in COLLECTED}
    run_all(archive)
    assert {pattern: hashes(archive, pattern) for pattern in COLLECTED} == before


def test_every_recorded_ad_is_in_the_parquet(archive: Path) -> None:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        made = {f"meta:{row['ad_id']}" for row in csv.DictReader(file)}
    table = pq.read_table(archive / "ads", columns=["ad_id", "is_invented"])
    assert set(table["ad_id"].to_pylist()) == made
    assert all(table["is_invented"].to_pylist())


def flagged_classes(archive: Path) -> list[tuple[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        made = {f"meta:{row['ad_id']}": row["class"] for row in csv.DictReader(file)}
    with duckdb.connect(archive / "adwatch.duckdb", read_only=True) as connection:
        rows = connection.execute("select ad_id, quote from marts.flagged_ads")
        return [(made[ad_id], quote) for ad_id, quote in rows.fetchall()]


def test_no_harmless_ad_of_the_sample_is_flagged(archive: Path) -> None:
    wrong = [found for found in flagged_classes(archive) if found[0] != "threat"]
    assert not wrong


def test_the_sample_has_enough_flagged_threats_to_report_on(archive: Path) -> None:
    right = [found for found in flagged_classes(archive) if found[0] == "threat"]
    assert len(right) >= 25


def test_no_invented_ad_has_a_public_link(archive: Path) -> None:
    table = pq.read_table(archive / "ads", columns=["library_url"])
    assert set(table["library_url"].to_pylist()) == {None}
