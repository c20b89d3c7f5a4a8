"""A collector that is killed at any moment loses nothing and doubles nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collectors.landing import landed_pages
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import TOKEN, FakeMeta, invented_ads, serving

KILLS = 30
ADS = 5_000
PAGE_SIZE = 50
RUN_SECONDS = 60


class Launcher:
    """Collector runs in processes of their own."""

    def __init__(self, process: "subprocess.Popen[str]", config: Path) -> None:
        self._process = process
        self._config = config

    def start(self, archive: Path) -> int:
        """The process id of a new run."""
        arguments = ["--archive", str(archive), "--config", str(self._config)]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def ended(self) -> int:
        """The exit code of the run; minus nine if it was killed."""
        assert self._process.stdout
        return int(self._process.stdout.readline().split()[1])


@contextmanager
def _launcher(config: Path) -> Iterator[Launcher]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.collectors.kill_launcher"],
        env={**os.environ, "META_ACCESS_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Launcher(process, config)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(RUN_SECONDS)


def test_killed_runs_end_with_the_content_of_an_undisturbed_one(
    tmp_path: Path,
) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    moments = random.Random(0)
    pages = ADS // PAGE_SIZE
    # So many pages are landed, then a moment passes, then the run is killed; the
    # last third of the kills falls on the end, where the Parquet is written.
    points = sorted(moments.randrange(1, pages) for _ in range(KILLS - 10))
    points += [pages] * 10
    with (
        serving(FakeMeta(invented_ads(ADS))) as library,
        _launcher(write_config(tmp_path, library, PAGE_SIZE)) as launcher,
    ):
        launcher.start(undisturbed)
        assert launcher.ended() == 0
        kills = 0
        for point in points:
            run = launcher.start(killed)
            _wait_for_pages(killed, point)
            time.sleep(moments.uniform(0, 0.03 if point < pages else 0.1))
            os.kill(run, signal.SIGKILL)
            kills += launcher.ended() == -signal.SIGKILL
        assert kills == KILLS
        launcher.start(killed)
        assert launcher.ended() == 0
    assert _content(killed) == _content(undisturbed)
    assert len(_content(killed)) == ADS
    assert not list(killed.rglob("*.draft"))


def _wait_for_pages(archive: Path, count: int) -> None:
    deadline = time.monotonic() + RUN_SECONDS
    while _landed(archive) < count:
        assert time.monotonic() < deadline, f"{count} pages not landed in time"
        time.sleep(0.002)


def _landed(archive: Path) -> int:
    return sum(
        manifest.read_bytes().count(b"\n")
        for manifest in archive.glob("raw/*/*/manifest.jsonl")
    )


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
    with (
        serving(FakeMeta(invented_ads(30))) as library,
        _launcher(write_config(tmp_path, library, page_size=10)) as launcher,
    ):
        launcher.start(archive)
        assert launcher.ended() == 0
        (manifest,) = archive.glob("raw/meta/*/manifest.jsonl")
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:-40])
        run = manifest.with_name("run.json")
        told = run.read_text(encoding="utf-8")
        run.write_text(told.replace('"complete"', '"incomplete"'), encoding="utf-8")
        launcher.start(archive)
        assert launcher.ended() == 0
    assert manifest.read_bytes() == whole
    assert len(list(landed_pages(manifest.parent))) == 3
    assert len(collected_ads(archive)) == 30
