"""Domains: on a list, like an outlet's, or hiding where they lead."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from analysis.models import ordered_models
from tests.analysis.model_case import Rows, database, rows

REAL = Path(__file__).parents[2].parent / "shared" / "real"
PUNYCODE = "xn--" + "trеnd".encode("punycode").decode() + ".az"

LOOK_ALIKES = [
    ("report-news.az", "report.az", "added_word"),
    ("minvalxeber.com", "minval.az", "added_word"),
    ("bbc-news.az", "bbc.com", "added_word"),
    ("trеnd.az", "trend.az", "same_look"),
    (PUNYCODE, "trend.az", "same_look"),
    ("rep0rt.az", "report.az", "same_look"),
    ("0xu.az", "oxu.az", "same_look"),
    ("minva1.az", "minval.az", "same_look"),
    ("haqin.az", "haqqin.az", "near_spelling"),
    ("qafqazinof.az", "qafqazinfo.az", "near_spelling"),
    ("kanal31.tv", "kanal13.tv", "near_spelling"),
    ("minval.info", "minval.az", "other_ending"),
    ("tsargrad.press", "tsargrad.tv", "other_ending"),
    ("minval.co.com", "minval.az", "other_ending"),
    ("abzas.live", "abzas.org", "other_ending"),
    ("oxu-az.com", "oxu.az", "dash_for_dot"),
    ("bbc.com.az-news.example", "bbc.com", "as_subdomain"),
    ("www.minval.az.login.example", "minval.az", "as_subdomain"),
]
# Outlets themselves, ordinary words, other names, and states.
ORDINARY = [
    "report.az",
    "en.report.az",
    "www.azertag.az",
    "azertac.az",
    "trend.news",
    "trend.com",
    "day.news",
    "annual-report.com",
    "report-news.com",
    "newsreport.az",
    "reports.az",
    "resort.az",
    "modem.az",
    "media.az",
    "az-news.az",
    "kanal17.tv",
    "meydan.com",
    "apa.org",
    "report.az.gov",
    "xn--broken-.example",
    "yeddibulaq.az.example",
]


def of_hosts(
    hosts: Iterable[str],
    wanted: Iterable[str],
    text: str = "",
    given: dict[str, Rows] | None = None,
) -> duckdb.DuckDBPyConnection:
    versions: Rows = [
        {
            "ad_id": f"meta:{number}",
            "version_hash": "v",
            "advertiser_id": "meta:1",
            "advertiser_name": "Sahil Lövhəsi",
            "funder": "Someone",
            "landing_domain": host,
            "body_texts": [text],
            "title_texts": [""],
            "description_texts": [""],
            "caption_texts": [""],
        }
        for number, host in enumerate(hosts)
    ]
    return database({"staging.ad_versions": versions, **(given or {})}, wanted)


def found(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str | None]]:
    return {
        (row["host"], row["matched_domain"], row["likeness_kind"])
        for row in rows(connection, "from hits.domain_matches")
    }


def test_look_alikes_of_outlets_are_found() -> None:
    connection = of_hosts([host for host, _, _ in LOOK_ALIKES], ["hits.domain_matches"])
    assert set(LOOK_ALIKES) <= found(connection)


def test_outlets_and_ordinary_words_are_no_look_alikes() -> None:
    assert found(of_hosts(ORDINARY, ["hits.domain_matches"])) == set()


def test_hosts_are_taken_apart_by_the_public_suffix() -> None:
    hosts = ["a.b.com.az", PUNYCODE, "x.az.example", "localhost", "10.0.0.1"]
    connection = of_hosts(hosts, ["text.domains"])
    sql = "select * from text.domains where host in (select host from text.ad_hosts)"
    parts = {
        row["host"]: (row["registrable_domain"], row["domain_label"])
        for row in rows(connection, sql)
    }
    assert parts == {
        "a.b.com.az": ("b.com.az", "b"),
        PUNYCODE: ("trеnd.az", "trеnd"),
        "x.az.example": ("x.az.example", "x"),
    }


def test_links_in_a_text_count_and_mail_and_paths_do_not() -> None:
    text = (
        "Oxu: https://telegra.ph/x-01-02?y=1 (rt.com), poçt info@minval.az, "
        "http://page.example/oxu.az bit.ly/abc Bakıda 5.6 xal."
    )
    connection = of_hosts(["page.example"], ["hits.domain_matches"], text)
    hosts = {row["host"] for row in rows(connection, "from text.ad_hosts")}
    assert hosts == {"telegra.ph", "rt.com", "page.example", "bit.ly"}
    kinds = rows(connection, "select host, match_kind from hits.domain_matches")
    assert {(row["host"], row["match_kind"]) for row in kinds} == {
        ("telegra.ph", "telegraph"),
        ("rt.com", "watched"),
        ("bit.ly", "shortener"),
    }


def test_a_subdomain_of_a_listed_domain_is_watched_and_a_name_like_it_is_not() -> None:
    hosts = ["russian.rt.com", "smart.com", "rt.com.example"]
    connection = of_hosts(hosts, ["hits.domain_matches"])
    sql = "select host from hits.domain_matches where match_kind = 'watched'"
    assert [row["host"] for row in rows(connection, sql)] == ["russian.rt.com"]


def test_nothing_said_of_names_and_domains_reaches_a_flag() -> None:
    reads = {model.name: model.reads for model in ordered_models()}

    def sources(name: str) -> set[str]:
        return {name}.union(*map(sources, reads[name]))

    facts = {
        "hits.domain_matches",
        "hits.name_matches",
        "hits.name_words",
        "staging.watched_domains",
        "staging.media_outlets",
    }
    judged = [name for name in reads if name.startswith("flags.")]
    for name in [*judged, "marts.flagged_ads", "marts.other_verdicts"]:
        assert not sources(name) & facts, name
    assert sources("marts.watched_domains") & facts


def test_every_listed_domain_is_a_bare_host_with_its_source() -> None:
    dates = re.compile(r"(\d{4}-\d\d-\d\d)?")
    for path in ("seeds/watched_domains.csv", "seeds/media_outlets.csv"):
        with Path(path).open(encoding="utf-8", newline="") as file:
            listed = list(csv.DictReader(file))
        assert len(listed) >= 60
        for row in listed:
            assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z0-9-]{2,}", row["domain"]), row
            assert row["source"], row
            assert dates.fullmatch(row.get("listed_date", "")), row


@pytest.mark.parametrize("is_invented", [True, False])
def test_the_invented_list_stands_in_an_invented_archive_only(
    is_invented: bool,
) -> None:
    archive = {"archive": "sample", "is_invented": is_invented}
    connection = database({"staging.archives": [archive]}, ["staging.watched_domains"])
    listed = rows(connection, "select domain, list_name from staging.watched_domains")
    invented = [row for row in listed if row["list_name"].startswith("Invented")]
    assert len(listed) - len(invented) > 2000
    assert bool(invented) == is_invented
    assert any(row["domain"].endswith(".example") for row in listed) == is_invented


WATCHED = """
select * from marts.watched_domains where list_name like 'EU%'
"""


def test_watched_domains_show_dates_bands_and_flags_apart() -> None:
    ads: Rows = [
        {
            "ad_id": f"meta:{number}",
            "currency_code": currency,
            "spend_min": low,
            "spend_max": high,
        }
        for number, (currency, low, high) in enumerate(
            [("USD", 0, 99), ("USD", 100, None), ("AZN", None, None)]
        )
    ]
    given: dict[str, Rows] = {
        "staging.ads": ads,
        "marts.flagged_ads": [{"ad_id": "meta:1"}],
    }
    hosts = ["rt.com", "www.rt.com", "rt.com"]
    connection = of_hosts(hosts, ["marts.watched_domains"], given=given)
    (row,) = rows(connection, WATCHED)
    assert (row["domain"], row["ads_count"], row["flagged_ads_count"]) == (
        "rt.com",
        3,
        1,
    )
    assert row["listed_date"].isoformat() == "2022-03-01"
    bands = {
        band["currency_code"]: (band["ads_count"], band["spend_min"], band["spend_max"])
        for band in row["spend_bands"]
    }
    assert bands == {"USD": (2, 100, None), "AZN": (1, None, None)}


@pytest.mark.skipif(not REAL.exists(), reason="the real lists are not there")
def test_real_outlets_are_not_taken_for_one_another() -> None:
    with (REAL / "domains" / "citizenlab_az.csv").open(encoding="utf-8") as file:
        urls = [row["url"] for row in csv.DictReader(file)]
    hosts = [re.sub(r"https?://([^/]+).*", r"\1", url) for url in urls]
    matched = found(of_hosts(hosts, ["hits.domain_matches"]))
    assert [match for match in matched if match[2] is not None] == []


@pytest.mark.skipif(not REAL.exists(), reason="the real lists are not there")
def test_real_imitations_of_other_papers_would_be_found() -> None:
    """Domains that Doppelganger made for German papers, set beside those papers."""
    papers = ("spiegel.de", "sueddeutsche.de", "tagesspiegel.de", "t-online.de")
    outlets: Rows = [
        {"domain": paper, "outlet_name": paper, "is_distinctive": True}
        for paper in papers
    ]
    path = REAL / "domains" / "dima_influence_operation_domains.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = {
            row["domain"]
            for row in csv.DictReader(file)
            if row["operation"] == "Doppelganger"
        }
    made = [host for host in sorted(listed) if re.match("spiegel|sued|tagess|t-", host)]
    given: dict[str, Rows] = {
        "staging.media_outlets": outlets,
        "staging.watched_domains": [
            {"domain": "rt.com", "outlet_name": "RT", "is_distinctive": False}
        ],
    }
    connection = of_hosts(made, ["hits.domain_matches"], given=given)
    hits = {host for host, _, _ in found(connection)}
    assert len(made) > 15
    assert len(hits) >= 0.9 * len(made), sorted(set(made) - hits)
