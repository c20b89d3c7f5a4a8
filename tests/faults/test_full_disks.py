"""A full disk, a folder that may not be written, and two runs at once."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.review.files import read_decisions
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import FakeMeta, invented_ads, serving
from tests.faults.coder import Coder, answers, free_port
from tests.faults.conftest import Ledger, Tries
from tests.faults.stage import (
    DATABASE,
    Programs,
    assert_told,
    files_of,
    report_of,
    tables_of,
    wait_until,
)

ADS = 1_000
KILOBYTE = 1024
FULL = ("archive", "live", "ads", "No space", "too large", "reports", ".sql", ".py")


@contextmanager
def disk(folder: Path, options: str) -> Iterator[Path]:
    """A small disk of its own at `folder`; skips the test where none may be had."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no small disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _resize(folder: Path, options: str) -> None:
    asked = ["mount", "-o", f"remount,{options}", "tmpfs", str(folder)]
    subprocess.run(asked, check=True, capture_output=True)


def _used(folder: Path) -> int:
    """Kilobytes in use on the disk."""
    disk = os.statvfs(folder)
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize // KILOBYTE


def test_a_full_disk_costs_no_collected_page(
    tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    times, lost, chance = tries(2, 20), 0, random.Random(7)
    with serving(FakeMeta(invented_ads(ADS))) as library:
        config = write_config(tmp_path, library, page_size=100)
        for number in range(times):
            size = chance.randrange(40, 250)
            with disk(tmp_path / str(number), f"size={size}k") as small:
                asked = ["--archive", small / "live", "--config", config]
                ended = programs.run("collectors", *asked)
                if ended.code:
                    assert_told(ended, str(small / "live"))
                    pages = files_of(small, "live/raw/*/*/pages/*.gz")
                    _resize(small, "size=64m")
                    ended = programs.run("collectors", *asked)
                    after = files_of(small, "live/raw/*/*/pages/*.gz")
                    lost += sum(after[name] != kept for name, kept in pages.items())
                assert ended.code == 0, ended.said
                lost += ADS - len({ad["ad_id"] for ad in collected_ads(small / "live")})
                said = programs.run("collectors", "verify", "--archive", small / "live")
                assert said.code == 0, said.said
    ledger.add(
        "disk full in collect", times, lost, "told; went on once there was space"
    )


@pytest.mark.parametrize("program", ["analysis", "reports"])
def test_a_full_disk_leaves_what_was_published(
    archive: Path,
    tmp_path: Path,
    programs: Programs,
    tries: Tries,
    ledger: Ledger,
    program: str,
) -> None:
    times = tries(1, 6 if program == "analysis" else 20)
    chance = random.Random(program)
    with disk(tmp_path / "disk", "size=256m") as small:
        kept = Path(shutil.copytree(archive, small / "live"))
        tables, report = tables_of(kept), report_of(kept)
        database = (kept / DATABASE).read_bytes()
        asked = ["build"] if program == "analysis" else []
        most = 6_000 if program == "analysis" else 800
        for _ in range(times):
            (kept / "archive.json").write_bytes(
                (kept / "archive.json").read_bytes() + b" "
            )
            _resize(small, f"size={_used(small) + chance.randrange(8, most)}k")
            ended = programs.run(program, *asked, "--archive", kept)
            _resize(small, "size=256m")
            if ended.code == 0:
                # What was left was enough.
                database = (kept / DATABASE).read_bytes()
            else:
                assert_told(ended, *FULL)
            assert (kept / DATABASE).read_bytes() == database
            assert report_of(kept) == report
            assert not list(kept.glob("*.next*"))
            assert len(list((kept / "reports").iterdir())) == 1
        assert tables_of(kept) == tables
    told = "told; database and last report whole, no draft left"
    ledger.add(f"disk full in {program}", times, 0, told)


def test_a_file_that_may_not_grow_is_told(
    archive: Path, tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    times, chance, report = tries(2, 20), random.Random(8), report_of(archive)
    with serving(FakeMeta(invented_ads(400))) as library:
        config = write_config(tmp_path, library, page_size=50)
        for number in range(times):
            folder = tmp_path / f"short-{number}"
            asked = ["--archive", folder, "--config", config]
            most = chance.randrange(500, 20_000)
            ended = programs.run("collectors", *asked, most_bytes=most)
            if ended.code:
                assert_told(ended, str(folder))
            assert programs.run("collectors", *asked).code == 0
            assert len({ad["ad_id"] for ad in collected_ads(folder)}) == 400
            most = chance.randrange(1_000, 60_000)
            ended = programs.run("reports", "--archive", archive, most_bytes=most)
            assert_told(ended, "File too large", "report")
            assert report_of(archive) == report
    ledger.add("a file may not grow", times, 0, "told; all there afterwards")


def test_a_read_only_disk_is_told(
    archive: Path, tmp_path: Path, programs: Programs, ledger: Ledger
) -> None:
    with (
        serving(FakeMeta(invented_ads(30))) as library,
        disk(tmp_path / "disk", "size=256m") as small,
    ):
        config = write_config(tmp_path, library)
        kept = Path(shutil.copytree(archive, small / "live"))
        before = files_of(kept, "**/*.*")
        (kept / "archive.json").write_bytes(before["archive.json"] + b" ")
        _resize(small, "ro")
        for program, *asked in (
            ["collectors", "--config", config],
            ["collectors", "rebuild"],
            ["analysis", "build"],
            ["reports"],
        ):
            ended = programs.run(program, *asked, "--archive", kept)
            assert_told(ended, str(kept))
        assert programs.run("collectors", "verify", "--archive", kept).code == 0
        after = files_of(kept, "**/*.*")
        assert {**after, "archive.json": before["archive.json"]} == before
    ledger.add("a disk that is read only", 4, 0, "told; nothing changed")


def test_a_decision_that_finds_no_space_is_refused_and_can_be_sent_again(
    archive: Path, tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    times, refused, port = tries(2, 20), 0, free_port()
    with disk(tmp_path / "disk", "size=256m") as small:
        kept = Path(shutil.copytree(archive, small / "live"))
        asked = ["serve", "--archive", kept, "--port", port]
        run = programs.start("review", *asked)
        wait_until(lambda: answers(port))
        coder = Coder(port, "coder")
        try:
            for _ in range(times):
                # Whatever is left on the last block of the file is left to it.
                _resize(small, f"size={_used(small)}k")
                for _ in range(40):
                    if "No space left" in (said := coder.decide()):
                        refused += 1
                        break
                    assert said.startswith(("Saved.", "finished")), said
                _resize(small, "size=256m")
                said = coder.decide()
                assert said.startswith(("Saved.", "finished")), said
        finally:
            os.kill(run, 9)
            programs.ended(run)
        kept_places = [decision.text_hash for decision in read_decisions(kept)]
        lost = len(coder.confirmed) - len(kept_places)
    assert refused
    ledger.add("disk full in review", refused, lost, "refused, file whole, sent again")
