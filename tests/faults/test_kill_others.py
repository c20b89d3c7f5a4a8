"""Analysis, report and review, killed at any moment, leave whole what was whole."""

import os
import random
import shutil
import signal
import time
from functools import partial
from pathlib import Path
from threading import Timer

import requests

from analysis.review.files import read_decisions
from tests.faults.coder import Coder, answers, free_port
from tests.faults.conftest import Ledger, Tries
from tests.faults.stage import (
    DATABASE,
    Programs,
    files_of,
    report_of,
    tables_of,
    wait_until,
)

COLLECTED = ("ads/*/*", "raw/*/*/*.*", "raw/*/*/pages/*")


def test_a_killed_build_leaves_the_published_database(
    archive: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    before, collected = tables_of(archive), files_of(archive, *COLLECTED)
    told, moments, kills = archive / "archive.json", random.Random(0), tries(1, 10)
    for number in range(kills):
        # The same fact in other bytes, so that there is something to build.
        told.write_bytes(told.read_bytes() + b"\n")
        if number % 10 == 9:
            shutil.rmtree(archive / "cache")
        published = (archive / DATABASE).read_bytes()
        run = programs.start("analysis", "build", "--archive", archive)
        time.sleep(moments.uniform(0.5, 9))
        os.kill(run, signal.SIGKILL)
        ended = programs.ended(run)
        assert ended.code in (-signal.SIGKILL, 0), ended.said
        if (archive / DATABASE).read_bytes() != published:
            # It was killed after it had published.
            assert tables_of(archive) == before
    assert programs.run("analysis", "build", "--archive", archive).code == 0
    after = tables_of(archive)
    lost = sum(count != after.get(name) for name, count in before.items())
    assert files_of(archive, *COLLECTED) == collected
    assert not list(archive.glob("*.next*"))
    ledger.add("kill -9 of analyze", kills, lost, "database whole; the next one equal")


def test_a_killed_report_leaves_the_last_one(
    archive: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    before, folder = report_of(archive), archive / "reports"
    moments, kills, gaps = random.Random(1), tries(3, 40), 0
    for number in range(kills):
        run = programs.start("reports", "--archive", archive)
        if number % 2:
            # Half of the kills fall where the new report takes the old one's place.
            wait_until(lambda: [*folder.glob(".*.new.*/pages/page-01.png")])
            time.sleep(moments.uniform(0, 0.05))
        else:
            time.sleep(moments.uniform(0, 1.5))
        os.kill(run, signal.SIGKILL)
        programs.ended(run)
        if list(folder.glob("[!.]*")):
            assert report_of(archive) == before
        else:
            gaps += 1
    assert programs.run("reports", "--archive", archive).code == 0
    assert report_of(archive) == before
    assert len(list(folder.iterdir())) == 1
    told = f"last report whole; {gaps} kills between its two names, mended by the next"
    ledger.add("kill -9 of report", kills, 0, told)


def test_a_report_put_aside_by_a_killed_run_comes_back(
    archive: Path, programs: Programs
) -> None:
    before = report_of(archive)
    (report,) = (archive / "reports").iterdir()
    report.rename(report.with_name(f".{report.name}.old.abc"))
    (report.with_name(f".{report.name}.new.abc")).mkdir()
    assert programs.run("reports", "--archive", archive).code == 0
    assert report_of(archive) == before
    assert len(list((archive / "reports").iterdir())) == 1


def test_a_killed_page_keeps_all_that_it_confirmed(
    archive: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    moments, kills, lost = random.Random(2), tries(2, 20), 0
    for number in range(kills):
        port = free_port()
        run = programs.start("review", "serve", "--archive", archive, "--port", port)
        wait_until(partial(answers, port))
        coder = Coder(port, f"coder{number}")
        Timer(moments.uniform(0.05, 1), os.kill, (run, signal.SIGKILL)).start()
        try:
            while coder.decide() != "finished":
                pass
        except requests.RequestException:
            pass
        assert programs.ended(run).code == -signal.SIGKILL
        kept = [
            f"{decision.text_hash} {decision.review_pass} {decision.review_round}"
            for decision in read_decisions(archive)
            if decision.coder_id == coder.name
        ]
        lost += len(set(coder.confirmed) - set(kept))
        assert len(kept) <= len(coder.confirmed) + 1
    ledger.add("kill -9 of the review page", kills, lost, "all confirmed ones kept")
