"""What advertisers have in common: from records written here to the edges."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from analysis.texts import AD_VERSIONS, database_of_tables

LETTER = "please sign the letter for a new bridge before the river takes the old one"
WANTED = ["marts.advertiser_links", "marts.clusters", "marts.cluster_spend"]
SCHEMA = pa.schema(
    [
        *AD_VERSIONS,
        ("library", pa.string()),
        ("advertiser_id", pa.string()),
        ("advertiser_name", pa.string()),
        ("funder", pa.string()),
        ("landing_domain", pa.string()),
        ("currency_code", pa.string()),
        ("spend_min", pa.decimal128(18, 2)),
        ("spend_max", pa.decimal128(18, 2)),
        ("spend_disclosure", pa.string()),
        ("started_date", pa.date32()),
        ("stopped_date", pa.date32()),
        ("last_collected_at", pa.timestamp("us")),
    ]
)
FLAGS = pa.schema([("text_hash", pa.string()), ("is_threat", pa.bool_())])
LANGUAGES = pa.schema([("text_hash", pa.string()), ("language_code", pa.string())])


def ad(number: int, page: str, **told: Any) -> dict[str, Any]:
    """An ad of `page`, invented; `told` replaces what it says."""
    text = told.pop("text", f"{number} other words stand in ad {'x' * number} alone")
    return {
        "ad_id": f"meta:{number}",
        "version_hash": str(number),
        "body_texts": [text],
        "library": "meta",
        "advertiser_id": page,
        "advertiser_name": f"Page {page}",
        "spend_disclosure": "not_disclosed",
        "started_date": date(2026, 1, number),
        "last_collected_at": datetime(2026, 2, 1),
        **told,
    }


def database(ads: list[dict[str, Any]], kept: Path) -> duckdb.DuckDBPyConnection:
    table = pa.Table.from_pylist(ads, schema=SCHEMA)
    given = {
        "staging.ad_versions": table,
        "staging.ads": table,
        "flags.reviewed_flags": FLAGS.empty_table(),
        "text.text_languages": LANGUAGES.empty_table(),
    }
    return database_of_tables(given, WANTED, kept)


def links(ads: list[dict[str, Any]], kept: Path) -> list[tuple[str, str, str, str]]:
    return (
        database(ads, kept)
        .execute(
            "select advertiser_id, other_advertiser_id, link_kind, link_reason "
            "from marts.advertiser_links order by all"
        )
        .fetchall()
    )


def test_a_shared_text_links_two_pages(tmp_path: Path) -> None:
    ads = [ad(1, "a", text=LETTER), ad(2, "b", text=f"{LETTER} 2026"), ad(3, "c")]
    assert links(ads, tmp_path) == [("a", "b", "cluster", "shares text with: 1 text")]


def test_the_same_day_is_told_where_nothing_else_connects(tmp_path: Path) -> None:
    day = {"text": LETTER, "started_date": date(2026, 1, 9)}
    found = links([ad(1, "a", **day), ad(2, "b", **day)], tmp_path / "one")
    reason = "started ads with the same text on one day: 2026-01-09"
    assert ("a", "b", "same_day", reason) in found
    paid = {**day, "funder": "Lantern Fund"}
    found = links([ad(1, "a", **paid), ad(2, "b", **paid)], tmp_path / "two")
    assert {kind for _, _, kind, _ in found} == {"cluster", "funder"}


def test_the_same_funder_is_told_as_disclosed(tmp_path: Path) -> None:
    ads = [ad(1, "a", funder="Lantern  Fund"), ad(2, "b", funder="LANTERN fund ")]
    ((*_, kind, reason),) = links(ads, tmp_path)
    assert kind == "funder"
    assert reason.startswith("same funder as disclosed: L")


def test_the_same_domain_links_two_pages(tmp_path: Path) -> None:
    ads = [
        ad(1, "a", landing_domain="WWW.News.example"),
        ad(2, "b", landing_domain="news.example"),
    ]
    reason = "same landing domain: news.example"
    assert links(ads, tmp_path) == [("a", "b", "domain", reason)]


@pytest.mark.parametrize(
    "domain", ["facebook.com", "m.facebook.com", "t.me", "bit.ly", "az.wikipedia.org"]
)
def test_hosts_of_everybody_link_nobody(domain: str, tmp_path: Path) -> None:
    ads = [
        ad(number, page, landing_domain=domain) for number, page in ((1, "a"), (2, "b"))
    ]
    assert links(ads, tmp_path) == []


def test_a_page_of_its_own_on_a_free_host_links(tmp_path: Path) -> None:
    ads = [
        ad(1, "a", landing_domain="x.blogspot.com"),
        ad(2, "b", landing_domain="x.blogspot.com"),
    ]
    assert len(links(ads, tmp_path)) == 1


def test_short_slogans_link_nobody(tmp_path: Path) -> None:
    ads = [ad(1, "a", text="Sign the letter"), ad(2, "b", text="Sign the letter")]
    assert links(ads, tmp_path) == []


def test_what_more_than_fifty_share_links_nobody(tmp_path: Path) -> None:
    ads = [
        ad(number % 27 + 1, f"page {number}", landing_domain="all.example")
        | {"ad_id": f"meta:{number}", "version_hash": str(number)}
        for number in range(51)
    ]
    # The ads' own texts repeat; only the domain is asked about.
    assert "domain" not in {kind for _, _, kind, _ in links(ads, tmp_path / "many")}
    assert "domain" in {kind for _, _, kind, _ in links(ads[:50], tmp_path / "few")}


def test_clusters_count_what_they_hold(tmp_path: Path) -> None:
    ads = [
        ad(1, "a", text=LETTER, funder="One", landing_domain="n.example"),
        ad(4, "b", text=f"{LETTER} 2", landing_domain="n.example",
           stopped_date=date(2026, 1, 5)),
        ad(5, "b", text=LETTER, stopped_date=date(2026, 1, 5)),
        ad(9, "c"),
    ]  # fmt: skip
    ads[0]["stopped_date"] = date(2026, 1, 2)
    row = (
        database(ads, tmp_path).sql("from marts.clusters").to_arrow_table().to_pylist()
    )
    assert len(row) == 1
    told = row[0]
    assert (told["texts_count"], told["ads_count"]) == (2, 3)
    assert (told["advertisers_count"], told["funders_count"]) == (2, 1)
    assert told["shared_domains"] == ["n.example"]
    assert told["start_spread_days"] == 4
    assert told["active_days_count"] == 4
    assert told["flagged_share"] == 0


def test_members_are_the_ads_that_share_a_text_and_no_others(tmp_path: Path) -> None:
    ads = [
        ad(1, "a", text=LETTER, landing_domain="WWW.n.example"),
        ad(2, "b", text=f"{LETTER} 2"),
        ad(3, "c"),
    ]
    found = (
        database(ads, tmp_path)
        .execute(
            "select ad_id, advertiser_id, landing_domain, is_short, is_threat, "
            "count(distinct cluster_id) over () from marts.cluster_members order by 1"
        )
        .fetchall()
    )
    assert found == [
        ("meta:1", "a", "n.example", False, False, 1),
        ("meta:2", "b", None, False, False, 1),
    ]


def test_spend_stays_a_range_in_its_currency(tmp_path: Path) -> None:
    range_of = {"spend_disclosure": "range", "text": LETTER}
    ads = [
        ad(1, "a", currency_code="USD", spend_min=0, spend_max=99, **range_of),
        ad(2, "b", currency_code="USD", spend_min=100, spend_max=199, **range_of),
        ad(3, "c", currency_code="AZN", spend_min=100, spend_max=None,
           text=LETTER, spend_disclosure="open_range"),
    ]  # fmt: skip
    rows = (
        database(ads, tmp_path)
        .execute(
            "select currency_code, spend_min, spend_max, open_ads_count "
            "from marts.cluster_spend order by 1"
        )
        .fetchall()
    )
    assert rows == [("AZN", 100, None, 1), ("USD", 100, 298, 0)]


def test_no_reason_accuses(tmp_path: Path) -> None:
    shared = {"text": LETTER, "funder": "F", "landing_domain": "n.example"}
    found = links([ad(1, "a", **shared), ad(2, "b", **shared)], tmp_path)
    assert len(found) == 3
    for *_, reason in found:
        assert not any(word in reason for word in ("run by", "controlled", "fake"))
