"""A file that is cut, flipped or overwritten is named; nothing false comes of it."""

import random
import shutil
from pathlib import Path

import pytest

from analysis.cache import read_kept, write_kept
from analysis.semantic.embedding import VECTOR_SCHEMA, is_available, model_version
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import FakeMeta, invented_ads, serving
from tests.faults.conftest import Ledger, Tries
from tests.faults.damage import harm
from tests.faults.stage import (
    DATABASE,
    Ended,
    Programs,
    assert_told,
    files_of,
    report_of,
)

DERIVED = ("ads/*/*", "vanished/*/*")


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory, programs: Programs) -> Path:
    """An archive of two runs; some ads changed or vanished between them."""
    folder = tmp_path_factory.mktemp("two")
    with serving(FakeMeta(invented_ads(40))) as library:
        config = write_config(folder, library)
        asked = ["--archive", folder / "live", "--config", config]
        for day in ("2026-11-20T06:00:00+00:00", "2026-11-21T06:00:00+00:00"):
            assert programs.run("collectors", *asked, now=day).code == 0
            library.ads = library.ads[5:]
            library.ads[0]["page_name"] = "Uydurma yeni ad"
    return folder / "live"


def is_silent(ended: Ended, harmed: Path) -> bool:
    """Whether nobody noticed; a program that fails must name the file."""
    if ended.code == 0:
        return True
    assert_told(ended, str(harmed), harmed.parent.name, f"{harmed.name} line")
    return False


RAW = ["raw/*/*/pages/*", "raw/*/*/manifest.jsonl", "raw/*/*/run.json"]


@pytest.mark.parametrize("pattern", RAW)
def test_damaged_raw_files_are_named_by_verify_and_rebuild(
    two_runs: Path,
    tmp_path: Path,
    programs: Programs,
    tries: Tries,
    ledger: Ledger,
    pattern: str,
) -> None:
    archive = Path(shutil.copytree(two_runs, tmp_path / "live"))
    chance, times, silent = random.Random(pattern), tries(5, 100), 0
    derived = files_of(archive, *DERIVED)
    for number in range(times):
        path = chance.choice(sorted(archive.glob(pattern)))
        before = harm(path, chance, number)
        said = programs.run("collectors", "verify", "--archive", archive)
        silent += is_silent(said, path)
        if said.code == 0 and path.suffix == ".gz":
            raise AssertionError(f"{path} is not what was landed, and nobody noticed")
        is_silent(programs.run("collectors", "rebuild", "--archive", archive), path)
        path.write_bytes(before)
        if number % 20 == 19 or number == times - 1:
            assert programs.run("collectors", "rebuild", "--archive", archive).code == 0
            assert files_of(archive, *DERIVED) == derived
    told = f"named, restored, rebuilt equal; {silent} did not change the proof"
    ledger.add(f"harm to {pattern}", times, 0, told)


def test_damaged_parquet_is_named_and_made_again(
    two_runs: Path, tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    archive = Path(shutil.copytree(two_runs, tmp_path / "live"))
    chance, times, silent = random.Random(3), tries(5, 100), 0
    derived = files_of(archive, *DERIVED)
    for number in range(times):
        path = chance.choice(sorted(archive.glob("ads/*/*.parquet")))
        harm(path, chance, number)
        said = programs.run("collectors", "verify", "--archive", archive)
        if said.code:
            assert_told(said, str(path))
            built = programs.run("analysis", "build", "--archive", archive)
            assert_told(built, str(path))
        else:
            silent += 1
        assert programs.run("collectors", "rebuild", "--archive", archive).code == 0
        assert files_of(archive, *DERIVED) == derived
    told = f"named, rebuilt byte for byte; {silent} harmed no value"
    ledger.add("harm to ads/*/*.parquet", times, 0, told)


def test_a_damaged_earlier_run_does_not_cost_the_next_one(
    two_runs: Path, tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    chance, times, lost = random.Random(4), tries(1, 20), 0
    with serving(FakeMeta(invented_ads(50)[10:])) as library:
        config = write_config(tmp_path, library)
        for number in range(times):
            archive = Path(shutil.copytree(two_runs, tmp_path / "live"))
            path = chance.choice(sorted(archive.glob("ads/*/*.parquet")))
            harm(path, chance, number)
            asked = ["--archive", archive, "--config", config]
            ended = programs.run("collectors", *asked)
            if ended.code:
                assert_told(ended, str(archive))
                said = programs.run("collectors", "rebuild", "--archive", archive)
                assert said.code == 0, said.said
                assert programs.run("collectors", *asked).code == 0
            programs.run("collectors", "rebuild", "--archive", archive)
            ids = {ad["ad_id"] for ad in collected_ads(archive)}
            lost += 50 - len(ids)
            shutil.rmtree(archive)
    ledger.add(
        "collect beside damaged Parquet", times, lost, "told; whole after rebuild"
    )


def test_a_damaged_database_is_named_and_built_again(
    archive: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    chance, times = random.Random(5), tries(3, 60)
    before, report = (archive / DATABASE).read_bytes(), report_of(archive)
    silent = 0
    for number in range(times):
        harm(archive / DATABASE, chance, number)
        for program, *arguments in (
            ["reports", "--archive", archive],
            ["desk", "--archive", archive, "--query", "analysis/queries/codes.sql"],
        ):
            ended = programs.run(program, *arguments)
            if ended.code:
                assert_told(ended, DATABASE, ".sql")
            else:
                silent += 1
        assert report_of(archive) == report
        (archive / DATABASE).write_bytes(before)
    told = f"named, report whole; {silent} runs did not read the damaged block"
    ledger.add("harm to the database", times, 0, told)


@pytest.mark.skipif(not is_available(), reason="no sentence model here")
def test_a_damaged_cache_gives_no_other_value(
    undisturbed: Path, tmp_path: Path, tries: Tries, ledger: Ledger
) -> None:
    chance, times, anew = random.Random(6), tries(100, 2_000), 0
    path = tmp_path / "text_vectors.parquet"
    kept = undisturbed / "cache" / path.name
    whole = read_kept(kept, model_version(), VECTOR_SCHEMA)
    write_kept(path, model_version(), whole)
    assert read_kept(path, model_version(), VECTOR_SCHEMA).equals(whole)
    assert len(whole)
    for number in range(times):
        before = harm(path, chance, number)
        found = read_kept(path, model_version(), VECTOR_SCHEMA)
        anew += not len(found)
        assert not len(found) or found.equals(whole)
        path.write_bytes(before)
    told = f"made anew in {anew}, else the same values"
    ledger.add("harm to the cache", times, 0, told)
