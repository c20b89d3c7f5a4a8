"""What was collected can be proven, made again, and compared with what came before."""

import gzip
import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collectors.__main__ import main
from collectors.runs import Archive, started_run
from tests.collectors.conftest import Collect, collected_ads, run_told
from tests.collectors.fake_meta import FakeMeta, invented_ads, meta_error, serving

Spoil = Callable[[Path], None]


def _changed_page(run: Path) -> None:
    page = run / "pages" / "000002.json.gz"
    page.write_bytes(gzip.compress(gzip.decompress(page.read_bytes()) + b" "))


def _lost_page(run: Path) -> None:
    (run / "pages" / "000002.json.gz").unlink()


def _changed_line(run: Path) -> None:
    manifest = run / "manifest.jsonl"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"limit": "10"', '"limit": "11"', 1))


def _lost_line(run: Path) -> None:
    manifest = run / "manifest.jsonl"
    first, *_, last = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(first + last.replace(b'"page": 3', b'"page": 2'))


def _cut_end(run: Path) -> None:
    manifest = run / "manifest.jsonl"
    manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(True)[:-1]))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_changed_page, "000002.json.gz: its bytes are not those"),
        (_lost_page, "000002.json.gz: cannot be read"),
        (_changed_line, "manifest.jsonl line 2: does not follow"),
        (_lost_line, "manifest.jsonl line 2: does not follow"),
        (_cut_end, "lines at its end are gone"),
    ],
)
def test_the_first_break_is_named(
    collect: Collect,
    archive: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Spoil,
    named: str,
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        assert collect(library) == 0
    assert main(["verify", "--archive", str(archive)]) == 0
    assert "1 runs, 3 pages" in caplog.text
    (run,) = archive.glob("raw/meta/*Z")
    spoil(run)
    assert main(["verify", "--archive", str(archive)]) == 1
    assert named in caplog.text


def collected_table(collect: Collect, archive: Path) -> tuple[Path, pa.Table]:
    """The Parquet file of five ads, and what it holds."""
    with serving(FakeMeta(invented_ads(5))) as library:
        assert collect(library) == 0
    (parquet,) = archive.glob("ads/*/*.parquet")
    return parquet, pq.ParquetFile(parquet).read()


def test_a_row_without_a_landed_page_is_a_break(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parquet, table = collected_table(collect, archive)
    shas = ["0" * 64] * table.num_rows
    column = table.schema.get_field_index("page_sha256")
    field = table.schema.field(column)
    pq.write_table(table.set_column(column, field, [shas]), parquet)
    assert main(["verify", "--archive", str(archive)]) == 1
    assert "row 1 leads to no landed page" in caplog.text


def test_a_damaged_name_of_a_column_is_told_with_its_file(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parquet, table = collected_table(collect, archive)
    names = ["run_ie" if name == "run_id" else name for name in table.column_names]
    pq.write_table(table.rename_columns(names), parquet)
    assert main(["verify", "--archive", str(archive)]) == 1
    assert f"{parquet}: cannot be read" in caplog.text
    assert "run `make rebuild`" in caplog.text


def test_everything_derived_is_made_again_identical(
    collect: Collect, archive: Path
) -> None:
    ads = invented_ads(25)
    ads[3]["spend"] = {"lower_bound": "a lot"}
    with serving(FakeMeta(ads)) as library:
        assert collect(library) == 0
        _next_second(archive)
        library.ads = library.ads[5:]
        assert collect(library) == 0
    derived = [*archive.glob("*/*/*.parquet"), *archive.glob("quarantine/*/*")]
    assert len(derived) == 4
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in derived}
    told = run_told(archive, "meta")
    for path in derived:
        path.unlink()
    assert main(["rebuild", "--archive", str(archive)]) == 0
    after = {path: hashlib.sha256(path.read_bytes()).digest() for path in derived}
    assert after == before
    assert run_told(archive, "meta") == told


def _next_second(archive: Path) -> None:
    """Wait until a new run gets another name (a run is named by its second)."""
    newest = max(path.name for path in archive.glob("raw/*/*Z"))
    while time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) <= newest:
        pass


def test_new_changed_unchanged_and_vanished_are_counted(
    collect: Collect, archive: Path
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        assert collect(library) == 0
        _next_second(archive)
        library.ads = invented_ads(27)[3:]
        library.ads[0]["spend"] = {"lower_bound": "100", "upper_bound": "199"}
        library.ads[1]["spend"] = {"lower_bound": "not readable"}
        assert collect(library) == 0
    counts = run_told(archive, "meta")["counts"]
    names = ("new", "changed", "unchanged", "vanished", "skipped")
    # The ad that could not be read is neither seen nor vanished.
    assert [counts[name] for name in names] == [2, 1, 20, 3, 1]
    rows = _vanished(archive)
    assert [row["ad_id"] for row in rows] == [
        f"meta:999000000000000{number}" for number in range(3)
    ]
    runs = sorted(path.name for path in archive.glob("raw/meta/*Z"))
    assert rows[0]["last_seen_run_id"] == runs[0]
    assert rows[0]["vanished_run_id"] == runs[1]


def _vanished(archive: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in sorted(archive.glob("vanished/*/*.parquet")):
        rows += pq.ParquetFile(path).read().to_pylist()
    return rows


def test_only_a_complete_repeat_says_vanished_and_only_once(
    collect: Collect, archive: Path
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        assert collect(library) == 0
        _next_second(archive)
        library.ads = library.ads[:15]
        library.faults = [meta_error(400, code=190, message="expired")]
        assert collect(library) == 1
        assert _vanished(archive) == []
        assert collect(library) == 0
        assert len(_vanished(archive)) == 10
        _next_second(archive)
        assert collect(library) == 0
        assert len(_vanished(archive)) == 10
        # An ad that came back and went again is told again.
        _next_second(archive)
        library.ads = invented_ads(16)
        assert collect(library) == 0
        _next_second(archive)
        library.ads = invented_ads(15)
        assert collect(library) == 0
    assert len(_vanished(archive)) == 11


def test_another_question_makes_nothing_vanish(collect: Collect, archive: Path) -> None:
    with serving(FakeMeta(invented_ads(12))) as library:
        assert collect(library) == 0
        _next_second(archive)
        library.ads = []
        assert collect(library, "--since", "2025-01-01") == 0
        _next_second(archive)
        assert collect(library, "--until", "2026-01-01") == 0
    assert _vanished(archive) == []


def test_a_dry_run_tells_the_plan_and_asks_nothing(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        assert collect(library, "--dry-run") == 0
        assert not library.requests
        assert not archive.exists()
        assert "1 queries were never asked" in caplog.text
        assert collect(library) == 0
        caplog.clear()
        assert collect(library, "--dry-run") == 0
    assert (
        "AZ-1: delivered in AZ 2024-12-01 to 2026-11-15; search_terms *" in caplog.text
    )
    assert "at least 3 requests" in caplog.text
    assert len(collected_ads(archive)) == 25


def test_each_ad_says_why_it_was_collected(collect: Collect, archive: Path) -> None:
    with serving(FakeMeta(invented_ads(3))) as library:
        assert collect(library) == 0
    ad = collected_ads(archive)[0]
    assert ad["query_text"] == (
        "delivered in AZ 2024-12-01 to 2026-11-15; search_terms *"
    )
    assert ad["page_place"] == "record 1"


def test_a_required_field_that_is_gone_stops_the_library(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ads = invented_ads(30)
    del ads[12]["id"]
    with serving(FakeMeta(ads)) as library:
        assert collect(library) == 1
        assert len(library.requests) == 2
    assert "page 2: record 3: required field 'id' is missing" in caplog.text
    assert len(collected_ads(archive)) == 19
    assert main(["verify", "--archive", str(archive)]) == 0


def test_files_are_for_their_owner_only(collect: Collect, archive: Path) -> None:
    with serving(FakeMeta(invented_ads(3))) as library:
        assert collect(library) == 0
    made = [path for path in archive.rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)


def test_a_lock_of_a_dead_run_is_taken_over(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive.mkdir(parents=True)
    (archive / ".lock").write_text("999999\n")
    with serving(FakeMeta(invented_ads(3))) as library:
        assert collect(library) == 0
    assert "process 999999 died here" in caplog.text
    assert json.loads((archive / "archive.json").read_text())["is_invented"] is False


def test_runs_of_one_second_have_ids_of_their_own(tmp_path: Path) -> None:
    """Pages and ads name their run by its id alone, whatever the library."""
    archive, now = (
        Archive(tmp_path, is_invented=False),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    ids = [started_run(archive, name, [], now).run_id for name in ("snap", "google")]
    assert ids == ["20260101T000000Z", "20260101T000001Z"]
    earlier = started_run(archive, "meta", [], now - timedelta(days=1))
    assert earlier.run_id == "20260101T000002Z"
    # An unfinished run goes on under its own id.
    assert started_run(archive, "snap", [], now).run_id == ids[0]
