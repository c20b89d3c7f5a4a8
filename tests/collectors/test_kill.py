"""A collector that is killed at any moment loses nothing and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from collectors.landing import landed_pages
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import TOKEN, FakeMeta, invented_ads, serving

KILLS = 8
ADS = 600


def test_killed_runs_end_with_the_content_of_an_undisturbed_one(
    tmp_path: Path,
) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    with serving(FakeMeta(invented_ads(ADS), seconds_per_page=0.01)) as library:
        config = write_config(tmp_path, library, page_size=10)
        assert _started(config, undisturbed).wait() == 0
        moments = random.Random(0)
        kills = 0
        while kills < KILLS:
            run = _started(config, killed)
            _wait_for_a_page_more(killed, run)
            time.sleep(moments.uniform(0, 0.15))
            run.send_signal(signal.SIGKILL)
            kills += run.wait() == -signal.SIGKILL
            if run.returncode == 0:
                break
        assert kills >= 3, "the runs ended before they could be killed"
        assert _started(config, killed).wait() == 0
    assert _content(killed) == _content(undisturbed)
    assert len(_content(killed)) == ADS
    assert not list(killed.rglob("*.draft"))


def _started(config: Path, archive: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "collectors",
            "--archive",
            str(archive),
            "--config",
            str(config),
        ],
        env={**os.environ, "META_ACCESS_TOKEN": TOKEN},
        stderr=subprocess.DEVNULL,
    )


def _wait_for_a_page_more(archive: Path, run: "subprocess.Popen[bytes]") -> None:
    before = _landed(archive)
    deadline = time.monotonic() + 30
    while _landed(archive) == before and run.poll() is None:
        assert time.monotonic() < deadline, "no page landed in 30 s"
        time.sleep(0.005)


def _landed(archive: Path) -> int:
    return sum(len(m.read_bytes()) for m in archive.glob("raw/*/*/manifest.jsonl"))


def _content(archive: Path) -> list[dict[str, Any]]:
    """All records but for the run's name, which is the moment the run began."""
    return [
        {name: value for name, value in ad.items() if name != "run_id"}
        for ad in collected_ads(archive)
    ]


def test_a_torn_manifest_line_is_cut_off_and_its_page_fetched_again(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "archive"
    with serving(FakeMeta(invented_ads(30))) as library:
        config = write_config(tmp_path, library, page_size=10)
        assert _started(config, archive).wait() == 0
        (manifest,) = archive.glob("raw/meta/*/manifest.jsonl")
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:-40])
        run = manifest.with_name("run.json")
        told = run.read_text(encoding="utf-8")
        run.write_text(told.replace('"complete"', '"incomplete"'), encoding="utf-8")
        assert _started(config, archive).wait() == 0
    assert manifest.read_bytes() == whole
    assert len(list(landed_pages(manifest.parent))) == 3
    assert len(collected_ads(archive)) == 30
