"""The Meta collector over real HTTP, against a library that behaves like Meta's."""

import json
from pathlib import Path
from typing import Literal

import pytest

from tests.collectors.conftest import Collect, collected_ads
from tests.collectors.fake_meta import (
    REDUCE,
    TOKEN,
    FakeMeta,
    Fault,
    invented_ads,
    meta_error,
    serving,
)


@pytest.mark.parametrize("end", ["empty", "no_next", "no_paging"])
@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_every_ad_arrives_once_however_the_list_ends(
    collect: Collect,
    archive: Path,
    end: Literal["empty", "no_next", "no_paging"],
    count: int,
) -> None:
    with serving(FakeMeta(invented_ads(count), end=end)) as library:
        assert collect(library) == 0
    ids = [ad["ad_id"] for ad in collected_ads(archive)]
    assert ids == [f"meta:{ad['id']}" for ad in library.ads]


def test_fields_are_asked_for_and_the_snapshot_link_never(
    collect: Collect, archive: Path
) -> None:
    with serving(FakeMeta(invented_ads(3))) as library:
        collect(library)
    (asked,) = library.requests
    assert asked["ad_reached_countries"] == '["AZ"]'
    assert asked["ad_type"] == "POLITICAL_AND_ISSUE_ADS"
    assert asked["ad_active_status"] == "ALL"
    assert "ad_creative_bodies" in asked["fields"].split(",")
    assert "snapshot" not in asked["fields"]
    assert "access_token" not in asked


def test_the_token_is_in_no_file_and_no_output(
    collect: Collect,
    archive: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving(FakeMeta(invented_ads(25))) as library:
        library.faults = [Fault(400, f"<html>{TOKEN}</html>".encode())]
        collect(library)
        library.faults = [meta_error(400, code=190, message=f"token {TOKEN} is bad")]
        assert collect(library, "--fresh") == 1
    assert set(library.authorizations) == {f"Bearer {TOKEN}"}
    out, err = capfd.readouterr()
    assert TOKEN not in out + err + caplog.text
    files = [path for path in archive.rglob("*") if path.is_file()]
    assert any(b"REMOVED" in _plain(path) for path in files)
    assert all(TOKEN.encode() not in _plain(path) for path in files)


def _plain(path: Path) -> bytes:
    import gzip

    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


TRANSIENT = [
    meta_error(500, code=1, message="An unknown error occurred", error_subcode=99),
    meta_error(400, code=2, message="Service temporarily unavailable"),
    meta_error(
        400, code=613, message="Calls to this api have exceeded the rate limit."
    ),
    meta_error(400, code=999, message="odd", is_transient=True),
    Fault(400, b"<html>Sorry, something went wrong.</html>"),
    Fault(503, b""),
    Fault(429, b"<html>slow down</html>", {"Retry-After": "3"}),
]


@pytest.mark.parametrize("fault", TRANSIENT)
def test_transient_errors_are_tried_again(
    collect: Collect, archive: Path, fault: Fault
) -> None:
    with serving(FakeMeta(invented_ads(25), faults=[fault, fault])) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 25


FINAL = [
    (190, "export META_ACCESS_TOKEN"),
    (10, "facebook.com/ID"),
    (100, "adwatch.toml"),
    (200, "permission"),
]


@pytest.mark.parametrize(("code", "remedy"), FINAL)
def test_final_errors_stop_at_once_and_name_the_remedy(
    collect: Collect,
    archive: Path,
    caplog: pytest.LogCaptureFixture,
    code: int,
    remedy: str,
) -> None:
    fault = meta_error(400, code=code, message="no")
    with serving(FakeMeta(invented_ads(5), faults=[fault])) as library:
        assert collect(library) == 1
    assert len(library.requests) == 1
    assert remedy in caplog.text


def test_a_page_too_heavy_is_asked_for_in_halves(
    collect: Collect, archive: Path
) -> None:
    with serving(FakeMeta(invented_ads(30), largest_page=3)) as library:
        assert collect(library, page_size=16) == 0
    limits = [int(asked["limit"]) for asked in library.requests]
    assert limits[:4] == [16, 8, 4, 2]
    assert len(collected_ads(archive)) == 30


def test_even_one_record_too_heavy_is_an_error(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [meta_error(500, code=1, message=REDUCE)] * 5
    with serving(FakeMeta(invented_ads(3), faults=faults)) as library:
        assert collect(library, page_size=8) == 1
    assert "refuses even one record" in caplog.text


def test_a_cursor_that_comes_back_stops_the_run(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(FakeMeta(invented_ads(30), repeats_cursor=True)) as library:
        assert collect(library) == 1
    assert "asks for cursor" in caplog.text
    assert len(collected_ads(archive)) == 10


def test_near_the_rate_limit_the_run_rests(
    collect: Collect, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    with serving(FakeMeta(invented_ads(25), usage_percent=92)) as library:
        monkeypatch.setattr("collectors.http.time.sleep", pauses.append)
        assert collect(library) == 0
    assert [seconds for seconds in pauses if seconds] == [30.0, 30.0, 30.0]


def test_a_run_goes_on_at_the_last_landed_page(collect: Collect, archive: Path) -> None:
    with serving(FakeMeta(invented_ads(50))) as library:
        library.faults = []
        library.largest_page = 10
        original = library.answer

        def answer(asked: dict[str, str], authorization: str | None) -> Fault:
            if len(library.requests) == 3:
                return meta_error(400, code=190, message="expired")
            return original(asked, authorization)

        library.answer = answer  # type: ignore[method-assign]
        assert collect(library) == 1
        (run,) = archive.glob("raw/meta/*/run.json")
        told = json.loads(run.read_text(encoding="utf-8"))
        assert told["status"] == "incomplete"
        assert "190" in told["missing"]
        assert len(collected_ads(archive)) == 20
        assert collect(library) == 0
    assert len(library.requests) == 6
    assert len(collected_ads(archive)) == 50
    assert json.loads(run.read_text(encoding="utf-8"))["status"] == "complete"


def test_unknown_fields_are_counted_and_shown(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ads = invented_ads(3)
    ads[1]["brand_new_field"] = 1
    with serving(FakeMeta(ads)) as library:
        assert collect(library) == 0
    assert "brand_new_field" in caplog.text


def test_an_unreadable_record_is_skipped_and_named(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ads = invented_ads(3)
    ads[1]["spend"] = {"lower_bound": "a lot"}
    with serving(FakeMeta(ads)) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 2
    assert "record 2 skipped: not an amount: 'a lot'" in caplog.text


def test_two_runs_at_once_are_refused(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from collectors.files import sole_writer

    with serving(FakeMeta([])) as library, sole_writer(archive):
        assert collect(library) == 1
    assert "another run is writing here" in caplog.text


def test_no_token_is_a_clear_error(
    collect: Collect,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("META_ACCESS_TOKEN")
    with serving(FakeMeta([])) as library:
        assert collect(library) == 1
    assert "META_ACCESS_TOKEN is not set: export it" in caplog.text


def test_collected_ads_never_enter_an_invented_archive(
    collect: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive.mkdir(parents=True)
    (archive / "archive.json").write_text('{"archive": "x", "is_invented": true}')
    with serving(FakeMeta(invented_ads(2))) as library:
        assert collect(library) == 1
    assert "need a folder of their own" in caplog.text
    assert not library.requests
