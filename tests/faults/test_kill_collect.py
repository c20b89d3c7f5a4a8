"""A collector that is killed at any moment loses nothing and doubles nothing."""

import os
import random
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

from collectors.landing import landed_pages
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import FakeMeta, invented_ads, serving
from tests.faults.conftest import Ledger, Tries
from tests.faults.stage import Programs, wait_until

KILLS_A_ROUND = 30
ADS = 5_000
PAGE_SIZE = 50


def test_killed_runs_end_with_the_content_of_an_undisturbed_one(
    tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    kills, lost = 0, 0
    with serving(FakeMeta(invented_ads(ADS))) as library:
        config = write_config(tmp_path, library, PAGE_SIZE)
        asked = ["--config", str(config), "--archive"]
        assert programs.run("collectors", *asked, tmp_path / "undisturbed").code == 0
        whole = _content(tmp_path / "undisturbed")
        for number in range(tries(1, 3)):
            killed = tmp_path / f"killed-{number}"
            kills += _killed_often(programs, [*asked, str(killed)], killed, number)
            found = _content(killed)
            lost += sum(ad not in found for ad in whole) if found != whole else 0
            assert found == whole
            assert not list(killed.rglob("*.draft"))
    assert len(whole) == ADS
    ledger.add("kill -9 of collect", kills, lost, "went on; equal, nothing doubled")


def _killed_often(
    programs: Programs, asked: list[str], killed: Path, number: int
) -> int:
    """Kill a run again and again, then let it end; how often it was killed.

    So many pages are landed, then a moment passes, then the run is killed; the last
    third of the kills falls on the end, where the Parquet is written.
    """
    moments, pages, kills = random.Random(number), ADS // PAGE_SIZE, 0
    points = sorted(moments.randrange(1, pages) for _ in range(KILLS_A_ROUND - 10))
    for point in [*points, *[pages] * 10]:
        run = programs.start("collectors", *asked)
        wait_until(partial(_is_landed, killed, point))
        time.sleep(moments.uniform(0, 0.03 if point < pages else 0.1))
        os.kill(run, signal.SIGKILL)
        kills += programs.ended(run).code == -signal.SIGKILL
    assert kills == KILLS_A_ROUND
    assert programs.run("collectors", *asked).code == 0
    return kills


def _is_landed(archive: Path, count: int) -> bool:
    """Whether so many pages are landed."""
    manifests = archive.glob("raw/*/*/manifest.jsonl")
    return sum(each.read_bytes().count(b"\n") for each in manifests) >= count


def _content(archive: Path) -> list[dict[str, Any]]:
    """All records but for the run's name, which is the moment the run began."""
    return [
        {name: value for name, value in ad.items() if name != "run_id"}
        for ad in collected_ads(archive)
    ]


def test_a_torn_manifest_line_is_cut_off_and_its_page_fetched_again(
    tmp_path: Path, programs: Programs
) -> None:
    archive = tmp_path / "archive"
    with serving(FakeMeta(invented_ads(30))) as library:
        config = write_config(tmp_path, library, page_size=10)
        asked = ["--archive", str(archive), "--config", str(config)]
        assert programs.run("collectors", *asked).code == 0
        (manifest,) = archive.glob("raw/meta/*/manifest.jsonl")
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:-40])
        run = manifest.with_name("run.json")
        told = run.read_text(encoding="utf-8")
        run.write_text(told.replace('"complete"', '"incomplete"'), encoding="utf-8")
        assert programs.run("collectors", *asked).code == 0
    assert manifest.read_bytes() == whole
    assert len(list(landed_pages(manifest.parent))) == 3
    assert len(collected_ads(archive)) == 30
