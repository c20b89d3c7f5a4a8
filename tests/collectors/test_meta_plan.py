"""What Meta is asked for, and that faults on the way change nothing of it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from collectors.errors import SettingsError
from collectors.meta import LIBRARY
from collectors.meta_plan import MetaSettings, queries
from collectors.settings import read_settings
from tests.collectors.conftest import Collect, collected_ads, run_told
from tests.collectors.fake_http import Fault
from tests.collectors.fake_meta import (
    REDUCE,
    FakeMeta,
    invented_ads,
    meta_error,
    serving,
)


def test_the_plan_is_countries_by_searches_by_languages_by_windows() -> None:
    settings = MetaSettings(
        countries=("AZ", "GE"),
        search_terms=("*", "müharibə"),
        exact_phrases=("Qarabağ Azərbaycandır",),
        page_ids=tuple(str(10_000 + number) for number in range(12)),
        languages=("az", "ru"),
        since=date(2025, 1, 1),
        window_days=30,
    )
    plan = queries(settings, date(2025, 3, 31))
    # 2 terms, 1 phrase and 2 searches of at most 10 pages; 3 windows of 30 days.
    assert len(plan) == 2 * (2 + 1 + 2) * 2 * 3
    assert len({query.query_id for query in plan}) == len(plan)
    assert plan[0].query_id == "AZ-1-az-20250101"
    assert plan[0].params["languages"] == '["az"]'
    by_id = {query.query_id: query for query in plan}
    pages = by_id["AZ-pages2-ru-20250302"]
    assert json.loads(pages.params["search_page_ids"]) == ["10010", "10011"]
    assert "search_type" not in pages.params
    assert "search_terms" not in pages.params
    assert pages.params["ad_delivery_date_min"] == "2025-03-02"
    assert pages.params["ad_delivery_date_max"] == "2025-03-31"
    exact = by_id["GE-exact1-az-20250131"]
    assert exact.params["search_type"] == "KEYWORD_EXACT_PHRASE"
    assert all(query.params["ad_active_status"] == "ALL" for query in plan)
    assert all("POLITICAL" in query.params["ad_type"] for query in plan)
    assert "language az" in plan[0].reason


def test_windows_of_a_later_run_repeat_those_of_the_first() -> None:
    settings = MetaSettings(countries=("AZ",), since=date(2025, 1, 1), window_days=30)
    first = queries(settings, date(2025, 2, 10))
    later = queries(settings, date(2025, 4, 10))
    assert [q.identity for q in later[:2]] == [q.identity for q in first]
    assert (first[1].until, later[1].until) == ("2025-02-10", "2025-03-01")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("countries = 5", "countries must be a list"),
        ("", "countries is missing"),
        ('countries = ["AZ"]\nage = 5', "unknown key age; known: requests_per_minute"),
        ('countries = ["AZ"]\nsearch_terms = []', "nothing to search for"),
        ('countries = ["AZ"]\nsearch_terms = [""]', "must be a list of non-empty text"),
        ('countries = ["AZ"]\npage_size = 0', "page_size must be"),
        ('countries = ["AZ"]\npage_ids = ["x"]', "page_ids must be"),
        ('countries = ["AZ"]\nad_type = "POLITICS"', "ad_type must be one of"),
        ('countries = ["AZ"]\nuntil = 2020-01-01', "until lies before since"),
        ('countries = ["AZ"]\nsince = "2020"', "since must be a date"),
        ('countries = ["AZ"]\n[x]', "unknown library [x]; known: meta"),
        ("countries = [", "adwatch.toml: "),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    tmp_path: Path, table: str, told: str
) -> None:
    path = tmp_path / "adwatch.toml"
    path.write_text(f"[meta]\n{table}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read_settings(path, {"meta": LIBRARY.settings})
    assert told in str(refused.value)


def test_pages_grow_back_after_they_were_halved(
    collect: Collect, archive: Path
) -> None:
    fault = meta_error(500, code=1, message=REDUCE)
    with serving(FakeMeta(invented_ads(200), faults=[fault, fault])) as library:
        assert collect(library, page_size=16) == 0
    limits = [int(asked["limit"]) for asked in library.requests]
    assert limits[:3] == [16, 8, 4]
    assert limits[3:10] == [5, 6, 7, 8, 10, 12, 15]
    assert max(limits) == 16
    assert len(collected_ads(archive)) == 200


PASSING = [
    Fault(200, b'{"data": [{"id": "1"}, {"id": "2"}]}', sent_bytes=12),
    Fault(200, b'{"data": [{"id": "1"'),
    Fault(429, b"{}"),
    Fault(429, b"<html>", {"Retry-After": "Sun, 15 Nov 2026 06:00:07 GMT"}),
    Fault(500, b'{"data": []}'),
]


@pytest.mark.parametrize("fault", PASSING)
def test_torn_answers_and_strange_statuses_are_tried_again(
    collect: Collect, archive: Path, fault: Fault
) -> None:
    with serving(FakeMeta(invented_ads(25), faults=[fault])) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 25


def test_every_recorded_error_is_understood(
    collect: Collect, archive: Path, samples: Path
) -> None:
    recorded = json.loads((samples / "meta/errors_recorded.json").read_text())
    for entry in recorded:
        if "body" not in entry:
            continue
        fault = Fault(entry["http"] or 400, json.dumps(entry["body"]).encode())
        with serving(FakeMeta(invented_ads(3), faults=[fault])) as library:
            code = collect(library, "--fresh", page_size=2)
        is_final = entry["kind"].startswith(("permission", "token"))
        assert code == int(is_final), entry
        shutil.rmtree(archive)


def test_a_redirect_is_refused(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fault = Fault(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
    with serving(FakeMeta(invented_ads(3), faults=[fault])) as library:
        assert collect(library) == 1
    assert "sends us to another address" in caplog.text
    assert len(library.requests) == 1


def test_an_answer_without_end_is_refused(
    collect: Collect,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("collectors.http.LARGEST_BODY", 100_000)
    with serving(FakeMeta([], faults=[Fault(200, b" " * 200_000)])) as library:
        assert collect(library) == 1
    assert "larger than 100000 bytes refused" in caplog.text


def test_waits_tell_the_time_left_and_keep_to_retry_after(
    collect: Collect,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    limit = meta_error(400, code=613, message="rate limit")
    limit.headers["Retry-After"] = "100"
    with serving(FakeMeta(invented_ads(3), faults=[limit])) as library:
        monkeypatch.setattr("collectors.http.time.sleep", pauses.append)
        assert collect(library) == 0
    assert 100 <= sum(pauses) <= 125
    assert "error 613: rate limit; waiting" in caplog.text
    assert "s left" in caplog.text


def test_the_run_rests_before_its_allowance_is_used_up(
    collect: Collect, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    with serving(FakeMeta(invented_ads(3), usage_percent=98)) as library:
        monkeypatch.setattr("collectors.http.time.sleep", pauses.append)
        assert collect(library) == 0
    assert sum(pauses) == 300


def test_ads_that_come_twice_are_written_once(collect: Collect, archive: Path) -> None:
    ads = invented_ads(25)
    ads[10:10] = ads[7:9]
    with serving(FakeMeta(ads)) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 25
    counts = run_told(archive, "meta")["counts"]
    assert (counts["fetched"], counts["repeated"]) == (27, 2)


def test_a_ceiling_of_requests_is_kept(
    collect: Collect, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collectors.exchange import Request
    from collectors.http import Session

    pauses: list[float] = []
    with serving(FakeMeta(invented_ads(3))) as library:
        monkeypatch.setattr("collectors.http.time.sleep", pauses.append)
        session = Session("meta", lambda _: None, requests_per_minute=30)
        for _ in range(3):
            session.fetch(Request(library.address, {}))
    waited = [pause for pause in pauses if pause]
    assert len(waited) == 2
    assert all(1.5 < pause <= 2 for pause in waited)


def test_one_library_that_fails_does_not_keep_others_away(
    tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collectors.__main__ import main

    monkeypatch.delenv("META_ACCESS_TOKEN", raising=False)
    report = tmp_path / "FacebookAdLibraryReport_2025-07-10_AZ_lifelong_advertisers.csv"
    report.write_text(
        "Page ID,Page Name,Disclaimer,Amount Spent (USD),Number of Ads in Library\n"
        "0,A,B,≤100,2\n1,C,D,250,1\n",
        encoding="utf-8-sig",
    )
    config = tmp_path / "adwatch.toml"
    config.write_text(
        f'[meta]\ncountries = ["AZ"]\n[meta_report]\nfiles = ["{report}"]\n'
    )
    assert main(["--archive", str(archive), "--config", str(config)]) == 1
    assert run_told(archive, "meta_report")["counts"]["spend_rows"] == 2


def test_an_answer_that_does_not_come_is_asked_for_again(
    collect: Collect, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectors.http.CONNECT_AND_READ_SECONDS", (1, 0.3))
    slow = Fault(200, b'{"data": []}', after_seconds=1.0)
    with serving(FakeMeta(invented_ads(25), faults=[slow])) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 25


def test_ads_added_while_paging_are_not_doubled(
    collect: Collect, archive: Path
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        original = library.page

        def page(asked: dict[str, str], limit: int) -> dict[str, object]:
            if "after" in asked:
                library.ads = [*library.ads[-1:], *library.ads[:-1], *library.ads[-1:]]
            return original(asked, limit)

        library.page = page  # type: ignore[method-assign]
        assert collect(library) == 0
    ids = [ad["ad_id"] for ad in collected_ads(archive)]
    assert len(ids) == len(set(ids)) == 25


def test_a_full_disk_loses_nothing(
    collect: Collect,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from collectors.files import write_whole

    writes: list[Path] = []

    def write(path: Path, content: bytes) -> None:
        writes.append(path)
        if len(writes) == 3:
            raise OSError(28, "No space left on device")
        write_whole(path, content)

    with serving(FakeMeta(invented_ads(45))) as library:
        monkeypatch.setattr("collectors.landing.write_whole", write)
        assert collect(library) == 1
        assert "No space left" in caplog.text
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 45
    assert len(library.requests) == 6
