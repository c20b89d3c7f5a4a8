"""TikTok, Microsoft and LinkedIn over real HTTP, against libraries like theirs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectors.__main__ import main
from tests.collectors.conftest import collected_ads, run_told
from tests.collectors.fake_http import Fault, serving, told
from tests.collectors.fake_others import (
    LINKEDIN_TOKEN,
    TOO_MANY,
    FakeLinkedIn,
    FakeMicrosoft,
    linkedin_elements,
    microsoft_ads,
)
from tests.collectors.fake_tiktok import (
    KEY,
    SECRET,
    FakeTikTok,
    tiktok_ads,
    tiktok_error,
)

Ask = Callable[..., int]


@pytest.fixture
def ask(tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Collect one library at an address, without waiting between tries."""
    monkeypatch.setenv("TIKTOK_CLIENT_KEY", KEY)
    monkeypatch.setenv("TIKTOK_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", LINKEDIN_TOKEN)
    monkeypatch.setattr("collectors.http.time.sleep", lambda _: None)

    def run(name: str, library: Any, more: str = "", *arguments: str) -> int:
        path = tmp_path / "adwatch.toml"
        path.write_text(
            f'[{name}]\nbase_url = "{library.address}"\nuntil = 2026-11-14\n'
            f"requests_per_minute = 0\n{SEARCHES[name]}\n{more}\n",
            encoding="utf-8",
        )
        return main(["--archive", str(archive), "--config", str(path), *arguments])

    return run


SEARCHES = {
    "tiktok": 'countries = ["DE"]',
    "microsoft": 'search_terms = ["uydurma"]',
    "linkedin": 'search_terms = ["uydurma & söz"]\ncountries = ["AZ", "DE"]',
}


def test_tiktok_ads_come_with_their_details_and_exact_ids(
    ask: Ask, archive: Path
) -> None:
    with serving(FakeTikTok(tiktok_ads(23))) as library:
        assert ask("tiktok", library) == 0
    ads = collected_ads(archive)
    assert {ad["ad_id"] for ad in ads} == {
        f"tiktok:{2**53 + 1 + number}" for number in range(23)
    }
    assert len(ads) == 23
    assert all(ad["title_texts"] and ad["targeting"] for ad in ads)
    assert ads[0]["reach_min"] == ads[0]["reach_max"] == 11_000
    assert (ads[1]["reach_min"], ads[1]["reach_max"]) == (10_000, 100_000)
    assert ads[0]["landing_domain"] == "uydurma.invalid"
    counts = run_told(archive, "tiktok")["counts"]
    assert counts["fetched"] == 46
    assert counts["detailed"] == counts["written"] == 23
    assert counts["unknown_fields"] == {}


def test_tiktok_ads_without_details_are_kept_as_listed(ask: Ask, archive: Path) -> None:
    gone = frozenset({2**53 + 1})
    with serving(FakeTikTok(tiktok_ads(4), gone=gone)) as library:
        assert ask("tiktok", library) == 0
    ads = {ad["ad_id"]: ad for ad in collected_ads(archive)}
    assert len(ads) == 4
    assert ads[f"tiktok:{2**53 + 1}"]["title_texts"] is None
    assert run_told(archive, "tiktok")["counts"]["absent_details"] == 1


def test_a_tiktok_token_that_ends_is_renewed(ask: Ask, archive: Path) -> None:
    with serving(FakeTikTok(tiktok_ads(12), calls_per_token=5)) as library:
        assert ask("tiktok", library) == 0
    assert library.tokens >= 3
    assert len(collected_ads(archive)) == 12


def test_a_tiktok_token_is_renewed_before_it_ends() -> None:
    import os

    from collectors.credentials import ClientCredentials

    os.environ["AN_ID"], os.environ["A_SECRET"] = "an-id-0001", "a-secret-0001"
    bought: list[str] = []

    def sell(url: str, form: dict[str, str]) -> dict[str, Any]:
        bought.append(url)
        return {"access_token": f"token-{len(bought):04}", "expires_in": 7200}

    signer = ClientCredentials("address", "AN_ID", "A_SECRET")
    assert signer.headers(sell, 0.0) == {"Authorization": "Bearer token-0001"}
    assert signer.headers(sell, 6899.0) == {"Authorization": "Bearer token-0001"}
    assert signer.headers(sell, 6901.0) == {"Authorization": "Bearer token-0002"}


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("scope_not_authorized", "research.adlib.basic"),
        ("scope_permission_missed", "research.adlib.basic"),
        ("daily_quota_limit_exceeded", "tomorrow"),
        ("invalid_params", "[tiktok]"),
    ],
)
def test_tiktok_errors_inside_200_stop_with_a_remedy(
    ask: Ask, archive: Path, caplog: pytest.LogCaptureFixture, code: str, remedy: str
) -> None:
    with serving(FakeTikTok(tiktok_ads(3), faults=[tiktok_error(code)])) as library:
        assert ask("tiktok", library) == 1
    assert remedy in caplog.text


def test_passing_tiktok_errors_are_tried_again(ask: Ask, archive: Path) -> None:
    faults = [
        tiktok_error("internal_error", status=500),
        tiktok_error("rate_limit_exceeded", status=429),
        Fault(200, b"<html>"),
        Fault(200, b'{"data": {"ads": []', sent_bytes=8),
    ]
    with serving(FakeTikTok(tiktok_ads(3), faults=faults)) as library:
        assert ask("tiktok", library) == 0
    assert len(collected_ads(archive)) == 3


def test_a_tiktok_list_that_goes_in_circles_is_stopped(
    ask: Ask, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(FakeTikTok(tiktok_ads(30), loops=True)) as library:
        assert ask("tiktok", library, "has_details = false") == 1
    assert "again" in caplog.text
    assert len(collected_ads(archive)) == 10


def test_the_tiktok_secrets_are_nowhere(
    ask: Ask, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(FakeTikTok(tiktok_ads(3))) as library:
        library.faults = [tiktok_error("internal_error", f"for {SECRET}", 500)]
        ask("tiktok", library)
    kept = b"".join(p.read_bytes() for p in archive.rglob("*") if p.is_file())
    assert SECRET not in caplog.text
    assert SECRET.encode() not in kept
    assert b"clt.faketoken" not in kept


@pytest.mark.parametrize("names", ["true", "false"])
def test_microsoft_ads_come_with_their_details(
    ask: Ask, archive: Path, names: str
) -> None:
    gone = frozenset({80195840328529})
    with serving(FakeMicrosoft(microsoft_ads(30), gone=gone)) as library:
        library.faults = [TOO_MANY]
        assert ask("microsoft", library, f"has_dollar_names = {names}") == 0
    ads = {ad["ad_id"]: ad for ad in collected_ads(archive)}
    assert len(ads) == 30
    assert ads["microsoft:80195840328529"]["funder"] is None
    detailed = ads["microsoft:80195840328528"]
    assert (detailed["impressions_min"], detailed["impressions_max"]) == (1000, 5000)
    assert detailed["delivery_countries"][1]["country_code"] == "AZ"
    assert detailed["delivery_countries"][1]["delivery_share"] == pytest.approx(0.001)
    assert detailed["title_texts"] == ["Uydurma başlıq 0"]
    top = "$top" if names == "true" else "top"
    assert library.requests[0].query[top] == "24"


def test_a_microsoft_error_stops_with_its_message(
    ask: Ask, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fault = told({"error": {"code": "", "message": "The query is not valid."}}, 400)
    with serving(FakeMicrosoft(microsoft_ads(3), faults=[fault])) as library:
        assert ask("microsoft", library) == 1
    assert "The query is not valid." in caplog.text


def test_a_microsoft_list_that_is_cut_short_says_so(ask: Ask, archive: Path) -> None:
    with serving(FakeMicrosoft(microsoft_ads(1030))) as library:
        assert ask("microsoft", library, "has_details = false") == 0
    run = run_told(archive, "microsoft")
    assert run["status"] == "complete"
    assert "only the first 1000 ads are shown" in run["missing"]
    assert len(collected_ads(archive)) == 1008


@pytest.mark.parametrize("has_total", [True, False])
def test_linkedin_elements_are_paged_with_restli_brackets(
    ask: Ask, archive: Path, has_total: bool
) -> None:
    with serving(FakeLinkedIn(linkedin_elements(60), has_total=has_total)) as library:
        library.faults = [Fault(429, b"{}")]
        assert ask("linkedin", library) == 0
    ads = collected_ads(archive)
    assert len({ad["ad_id"] for ad in ads}) == 60
    asked = library.requests[0].raw_query
    assert (
        "countries=(value:List(urn%3Ali%3Acountry%3AAZ,urn%3Ali%3Acountry%3ADE))"
        in (asked)
    )
    assert "keyword=uydurma%20%26%20s%C3%B6z" in asked
    assert "end:(day:15,month:11,year:2026)" in asked
    assert library.requests[0].headers["X-Restli-Protocol-Version"] == "2.0.0"
    first, second = ads[0], ads[1]
    assert first["impressions_disclosure"] == "not_disclosed"
    assert second["delivery_countries"][1] == {
        "country_code": "AZ",
        "reach_count": None,
        "delivery_share": 0.0846,
    }


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "LINKEDIN_ACCESS_TOKEN"), (403, "product"), (426, "api_version")],
)
def test_linkedin_refusals_name_the_remedy(
    ask: Ask, archive: Path, caplog: pytest.LogCaptureFixture, status: int, remedy: str
) -> None:
    fault = told({"message": "no", "status": status}, status)
    with serving(FakeLinkedIn(linkedin_elements(3), faults=[fault])) as library:
        assert ask("linkedin", library) == 1
    assert remedy in caplog.text
    assert len(library.requests) == 1


def test_recorded_shapes_are_read(samples: Path) -> None:
    from collectors import linkedin_record, microsoft_record, tiktok_record

    shapes = json.loads((samples / "linkedin/adLibrary_element_2026.json").read_text())
    ad = linkedin_record.ad(shapes["elements"][0])
    assert ad["ad_id"] == "linkedin:1470155666"
    shapes = json.loads((samples / "microsoft/fixture_shapes.json").read_text())
    raw = shapes["ads_page"]["value"][0] | shapes["ad_detail_extra"]
    ad = microsoft_record.ad(raw)
    assert raw.keys() <= microsoft_record.IGNORED
    assert ad["delivery_countries"][0]["country_code"] == "IE"
    shapes = json.loads((samples / "tiktok/doc_shapes.json").read_text())
    raw = shapes["detail_response_ad_parts"]
    ad = tiktok_record.ad(raw)
    assert raw.keys() <= tiktok_record.IGNORED
    assert ad["reach_min"] == 30_000
