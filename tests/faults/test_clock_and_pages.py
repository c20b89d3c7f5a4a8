"""A clock that jumps, a library that changes, and two programs at once."""

import json
import random
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.review.files import read_decisions
from tests.collectors.conftest import collected_ads, write_config
from tests.collectors.fake_meta import FakeMeta, invented_ads, serving
from tests.faults.coder import Coder, answers, free_port
from tests.faults.conftest import Ledger, Tries
from tests.faults.stage import (
    Programs,
    assert_told,
    files_of,
    report_of,
    tables_of,
    wait_until,
)

HOURS = ("2026-11-20T06:00:00+00:00", "2026-11-20T05:00:00+00:00",
         "1970-01-01T00:00:01+00:00", "2099-01-01T00:00:00+00:00",
         "2026-11-20T06:00:00+00:00")  # fmt: skip


def test_runs_keep_their_order_when_the_clock_goes_back(
    tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    hours, chance = [*HOURS], random.Random(9)
    for _ in range(tries(0, 20)):
        hours.append(f"{chance.randrange(1971, 2090)}-02-03T04:05:06+00:00")
    archive, order = tmp_path / "live", []
    with serving(FakeMeta(invented_ads(20))) as library:
        config = write_config(tmp_path, library)
        for number, hour in enumerate(hours):
            library.ads[0]["page_name"] = f"Uydurma ad {number}"
            asked = ["--archive", archive, "--config", config]
            ended = programs.run("collectors", *asked, now=hour)
            assert ended.code == 0, ended.said
            assert "new 0, changed 1" in ended.said or not number
            order.append(max(path.name for path in archive.glob("raw/meta/*Z")))
    assert order == sorted(set(order))
    assert "set it right" in ended.said
    assert len(order) == len(list(archive.glob("raw/meta/*Z")))
    lost = 20 * len(hours) - len(collected_ads(archive))
    assert programs.run("collectors", "verify", "--archive", archive).code == 0
    ledger.add("a clock that jumps", len(hours), lost, "runs in order, told")


def test_an_unfinished_run_goes_on_whatever_the_clock_says(
    tmp_path: Path, programs: Programs
) -> None:
    archive, ads = tmp_path / "live", invented_ads(30)
    with serving(FakeMeta(ads)) as library:
        config = write_config(tmp_path, library)
        asked = ["--archive", archive, "--config", config]
        broken = {name: value for name, value in ads[25].items() if name != "id"}
        assert programs.run("collectors", *asked, now=HOURS[0]).code == 0
        library.ads = [*ads[:25], broken, *ads[26:]]
        assert programs.run("collectors", *asked, now=HOURS[2]).code == 1
        library.ads = ads
        runs = sorted(archive.glob("raw/meta/*Z"))
        ended = programs.run("collectors", *asked, "--fresh", now=HOURS[1])
        assert ended.code == 0, ended.said
    assert [*sorted(archive.glob("raw/meta/*Z"))[:2]] == runs
    told = [json.loads((run / "run.json").read_bytes())["status"] for run in runs]
    assert told == ["complete", "incomplete"]


@dataclass
class ChangingMeta(FakeMeta):
    """A library that answers otherwise from one page on, until it is mended."""

    changed_page: int = 0
    change: int = 0

    def page(self, asked: dict[str, str], limit: int) -> dict[str, Any]:
        """The page, changed if its turn has come."""
        page = super().page(asked, limit)
        first = page["data"][0]["id"] if page["data"] else ""
        place = [ad["id"] for ad in self.ads].index(first) // limit if first else 0
        return changed(page, self.change) if place >= self.changed_page > 0 else page


def changed(page: dict[str, Any], kind: int) -> Any:
    """A page in a form that the library did not have before."""
    ads = page["data"]
    renamed = [{**ad, "ad_id": ad["id"], "id": None} for ad in ads]
    without = [{k: v for k, v in ad.items() if k != "id"} for ad in ads]
    forms: list[Any] = [
        {**page, "data": without},
        {**page, "data": renamed},
        {**page, "data": {"items": ads}},
        {"ads": ads, "paging": page.get("paging")},
        {**page, "data": [[ad] for ad in ads]},
        [page],
        "gone",
        None,
        {**page, "data": None},
        {**page, "data": ads, "paging": "none"},
        {**page, "data": ads, "paging": {"cursors": [], "next": 5}},
    ]
    return forms[kind % len(forms)]


def test_a_library_that_changes_between_pages_costs_nothing(
    tmp_path: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    times, lost, chance, went_on = tries(5, 88), 0, random.Random(10), 0
    with serving(ChangingMeta(invented_ads(60))) as library:
        config = write_config(tmp_path, library)
        for number in range(times):
            archive = tmp_path / f"live-{number}"
            library.change, library.changed_page = number, chance.randrange(1, 6)
            asked = ["--archive", archive, "--config", config]
            ended = programs.run("collectors", *asked)
            if ended.code:
                assert_told(ended, "meta")
            else:
                went_on += 1
            before = files_of(archive, "raw/*/*/pages/*")
            library.changed_page = 0
            kept = [] if ended.code == 0 else ["--fresh"]
            assert programs.run("collectors", *asked, *kept).code == 0
            after = files_of(archive, "raw/*/*/pages/*")
            lost += sum(after.get(name) != page for name, page in before.items())
            lost += 60 - len({ad["ad_id"] for ad in collected_ads(archive)})
    ledger.add("a library that changes between pages", times, lost, "told; whole after")


def test_two_programs_at_once_take_turns_or_are_refused(
    archive: Path, tmp_path: Path, programs: Programs, ledger: Ledger
) -> None:
    before, report = tables_of(archive), report_of(archive)
    told = archive / "archive.json"
    told.write_bytes(told.read_bytes() + b"\n")
    asked = ["build", "--archive", archive]
    first = programs.start("analysis", *asked)
    wait_until(lambda: (archive / "adwatch.next.duckdb").exists())
    assert_told(programs.run("analysis", *asked), str(archive))
    reports = [programs.start("reports", "--archive", archive) for _ in range(2)]
    codes = []
    for run in reports:
        ended = programs.ended(run)
        codes.append(ended.code)
        if ended.code:
            assert_told(ended, str(archive))
    assert min(codes) == 0
    assert report_of(archive) == report
    assert programs.ended(first).code == 0
    assert tables_of(archive) == before
    with serving(FakeMeta(invented_ads(200), seconds_per_page=0.1)) as library:
        config = write_config(tmp_path, library)
        asked = ["--archive", tmp_path / "new", "--config", config]
        first = programs.start("collectors", *asked)
        wait_until(lambda: any((tmp_path / "new").glob("raw/*/*/pages/*")))
        assert_told(programs.run("collectors", *asked), str(tmp_path / "new"))
        rebuilt = programs.run("collectors", "rebuild", "--archive", tmp_path / "new")
        assert_told(rebuilt, str(tmp_path / "new"))
        assert programs.ended(first).code == 0
    lost = 200 - len(collected_ads(tmp_path / "new"))
    ledger.add("two runs at once", 4, lost, "the second is refused, the first whole")


def test_one_coder_at_two_pages_keeps_every_decision(
    archive: Path, programs: Programs, tries: Tries, ledger: Ledger
) -> None:
    coders: list[Coder] = []
    for number in range(tries(1, 5)):
        ports = [free_port(), free_port()]
        runs = [
            programs.start("review", "serve", "--archive", archive, "--port", port)
            for port in ports
        ]
        for port in ports:
            wait_until(partial(answers, port))
        pair = [Coder(port, f"coder{number}") for port in ports]
        threads = [threading.Thread(target=_code, args=(coder,)) for coder in pair]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        coders += pair
        for run in runs:
            programs.kill(run)
    kept = read_decisions(archive)
    confirmed = sum(len(coder.confirmed) for coder in coders)
    assert confirmed
    assert len({decision.decision_id for decision in kept}) == len(kept)
    ledger.add("one coder at two pages", confirmed, confirmed - len(kept), "all kept")


def _code(coder: Coder) -> None:
    for _ in range(12):
        coder.decide()
