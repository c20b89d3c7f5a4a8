"""Advertisers: names over time, counts kept apart, bands per currency."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from tests.analysis.model_case import Rows, database, rows


def version(number: int, name: str | None, seen: int, **other: Any) -> dict[str, Any]:
    """One version of ad `number`, seen first and last on day `seen` of May 2026."""
    at = datetime(2026, 5, seen)
    ad = {
        "ad_id": f"meta:{number}",
        "version_hash": f"v{seen}",
        "library": "meta",
        "advertiser_id": "meta:page",
        "advertiser_name": name,
        "funder": None,
        "landing_domain": "page.example",
        "currency_code": "USD",
        "spend_min": 100,
        "spend_max": 199,
        "spend_disclosure": "range",
        "started_date": date(2026, 4, number),
        "first_collected_at": at,
        "last_collected_at": at,
    }
    return {**ad, **other}


VERSIONS = [
    version(1, "Köhnə Ad", 1, funder="A MMC"),
    version(1, "Təzə Ad", 3, funder="B MMC"),
    version(2, "Təzə Ad", 3, spend_max=None, spend_disclosure="open_range"),
    version(3, "Təzə Ad", 3, currency_code="AZN", spend_min=0, spend_max=99),
    version(4, "Təzə Ad", 3),
    version(
        5,
        "Başqa",
        3,
        library="google",
        advertiser_id="google:x",
        spend_min=None,
        spend_max=None,
        spend_disclosure="not_disclosed",
    ),
]


def archive(wanted: list[str]) -> duckdb.DuckDBPyConnection:
    newest: Rows = VERSIONS[1:]
    texts: Rows = [
        {"ad_id": ad["ad_id"], "version_hash": ad["version_hash"], "text_hash": text}
        for ad, text in zip(newest, ["t1", "t2", "t2", "t1", "t1"], strict=True)
    ]
    flagged: Rows = [
        {"ad_id": ad["ad_id"], "spend_min": ad["spend_min"], "spend_max": spend_max}
        for ad, spend_max in [(newest[0], 199), (newest[1], None)]
    ]
    given: dict[str, Rows] = {
        "staging.ad_versions": VERSIONS,
        "staging.ads": newest,
        "text.ad_texts": texts,
        "text.text_languages": [
            {"text_hash": "t1", "language_code": "az"},
            {"text_hash": "t2", "language_code": "ru"},
        ],
        "hits.text_scores": [{"text_hash": "t1"}],
        "flags.ad_audiences": [
            {"ad_id": ad["ad_id"], "audience_level": level}
            for ad, level in zip(newest, [4, 4, 2, 0, 0], strict=True)
        ],
        "marts.flagged_ads": flagged,
        "marts.other_verdicts": [
            {"ad_id": "meta:3", "text_verdict": "reported"},
            {"ad_id": "meta:4", "text_verdict": "by_az"},
        ],
    }
    return database(given, wanted)


def advertiser(advertiser_id: str) -> dict[str, Any]:
    connection = archive(["marts.advertisers"])
    sql = f"from marts.advertisers where advertiser_id = '{advertiser_id}'"
    (row,) = rows(connection, sql)
    return row


def test_names_are_listed_with_the_days_they_were_seen() -> None:
    row = advertiser("meta:page")
    assert row["advertiser_name"] == "Təzə Ad"
    assert row["names_count"] == 2
    seen = [
        (
            name["advertiser_name"],
            name["first_collected_at"].day,
            name["last_collected_at"].day,
        )
        for name in row["advertiser_names"]
    ]
    assert seen == [("Köhnə Ad", 1, 1), ("Təzə Ad", 3, 3)]
    assert row["funders"] == ["A MMC", "B MMC"]


def test_flags_reports_and_threats_by_azerbaijan_are_counted_apart() -> None:
    row = advertiser("meta:page")
    counts = {
        name: row[f"{name}ads_count"]
        for name in ("", "flagged_", "reported_", "by_az_", "challenge_", "review_")
    }
    assert counts == {
        "": 4,
        "flagged_": 2,
        "reported_": 1,
        "by_az_": 1,
        "challenge_": 0,
        "review_": 0,
    }
    assert (row["first_started_date"], row["last_started_date"]) == (
        date(2026, 4, 1),
        date(2026, 4, 4),
    )


def test_languages_and_audience_levels_are_counted_over_ads() -> None:
    row = advertiser("meta:page")
    assert row["language_counts"] == [
        {"language_code": "az", "ads_count": 2},
        {"language_code": "ru", "ads_count": 2},
    ]
    assert row["audience_level_counts"] == [
        {"audience_level": 4, "ads_count": 2},
        {"audience_level": 2, "ads_count": 1},
        {"audience_level": 0, "ads_count": 1},
    ]


def test_a_missing_funder_counts_only_where_the_library_names_funders() -> None:
    assert advertiser("meta:page")["unfunded_ads_count"] == 3
    assert advertiser("google:x")["unfunded_ads_count"] is None


def test_bands_stay_per_currency_and_open_ends_stay_open() -> None:
    connection = archive(["marts.advertiser_spend"])
    bands = {
        (row["advertiser_id"], row["currency_code"]): (
            row["ads_count"],
            row["spend_min"],
            row["spend_max"],
            row["flagged_spend_min"],
            row["flagged_spend_max"],
        )
        for row in rows(connection, "from marts.advertiser_spend")
    }
    assert bands == {
        ("meta:page", "USD"): (3, 300, None, 200, None),
        ("meta:page", "AZN"): (1, 0, 99, None, None),
        ("google:x", "USD"): (1, None, None, None, None),
    }


def test_look_alikes_say_what_they_resemble_and_count_flags_apart() -> None:
    versions: Rows = [
        {
            "ad_id": f"meta:{number}",
            "version_hash": "v",
            "advertiser_id": f"meta:{name}",
            "advertiser_name": name,
            "funder": None if number else "F",
            "landing_domain": host,
            "body_texts": ["Text"],
            "title_texts": [""],
            "description_texts": [""],
            "caption_texts": [host],
        }
        for number, (name, host) in enumerate(
            [
                ("Minvаl", "minval.info"),
                ("Minvаl", "minval.info"),
                ("Sahil.LIVE", "x.example"),
            ]
        )
    ]
    given: dict[str, Rows] = {
        "staging.ad_versions": versions,
        "marts.flagged_ads": [{"ad_id": "meta:1"}],
    }
    connection = database(given, ["marts.look_alikes"])
    found = {
        (row["subject"], row["likeness_kind"], row["resembled"]): (
            row["ads_count"],
            row["flagged_ads_count"],
        )
        for row in rows(connection, "from marts.look_alikes")
    }
    assert found == {
        ("meta:Minvаl", "mixed_scripts", "minval"): (2, 1),
        ("meta:Minvаl", "same_look", "Minval"): (2, 1),
        ("minval.info", "other_ending", "minval.az"): (2, 1),
    }
    reasons = " ".join(
        row["reason"] for row in rows(connection, "from marts.look_alikes")
    )
    assert "fake" not in reasons
    assert "run by" not in reasons


def test_name_changes_are_listed_in_order() -> None:
    connection = archive(["marts.advertisers", "marts.advertiser_spend"])
    sql = Path("analysis/queries/name_changes.sql").read_text(encoding="utf-8")
    names = [row["advertiser_name"] for row in rows(connection, sql.rstrip())]
    assert names == ["Köhnə Ad", "Təzə Ad"]
    sql = Path("analysis/queries/advertisers_by_flagged_ads.sql").read_text("utf-8")
    (row,) = rows(connection, sql.rstrip())
    assert (row["currency_code"], row["flagged_spend_max"]) == ("USD", None)
