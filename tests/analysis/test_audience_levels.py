"""Levels, loci, and to whom a flagged ad speaks (codebook 5.2 to 5.6)."""

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from tests.analysis.audience_case import audiences, column, place, shown

AZ_TEXT = "Sabah şəhərdə yeni kitabxana açılır, hamını gözləyirik."
ADDRESSED = "Əziz bakılılar! Sabah şəhərdə yeni kitabxana açılır, hamını gözləyirik."
TURKISH = "Yarın şehirde yeni kütüphane açılıyor, herkesi bekliyoruz."
ABOUT = "The summit in Baku ended without a result."

CASES: list[tuple[str, dict[str, Any], int, str | None]] = [
    ("declared place", {"targeting": [place("Azerbaijan")]}, 4, "AZ_resident"),
    ("half shown", {"delivery_regions": shown(Baku=0.5, Moscow=0.5)}, 4, "AZ_resident"),
    ("a fifth", {"delivery_regions": shown(Baku=0.2, Moscow=0.8)}, 3, "AZ_resident"),
    ("little", {"delivery_regions": shown(Baku=0.04, Moscow=0.96)}, 1, "not_AZ"),
    ("two strong", {"body": ADDRESSED}, 3, "az_speaking_unspecified"),
    ("two fields", {"body": AZ_TEXT, "landing_domain": "a.az"}, 3, "AZ_resident"),
    ("one strong", {"body": AZ_TEXT}, 2, "az_speaking_unspecified"),
    ("topic", {"body": ABOUT}, 1, None),
    ("context", {"body": "Решения на Кавказе примут завтра."}, 0, None),
    ("nothing", {"body": "Nice weather in Vienna."}, 0, None),
    ("listed", {"asked": ["AZ"]}, 1, None),
    ("phone", {"body": "Call +994 50 123 45 67 for a plumber."}, 2, "AZ_resident"),
    # Delivery that shows no Azerbaijan caps at 2, and says where.
    (
        "shown in Russia",
        {"body": ADDRESSED, "delivery_regions": shown(Moscow=1)},
        2,
        "diaspora_RU",
    ),
    (
        "shown in Turkey",
        {"body": ADDRESSED, "delivery_regions": shown(Istanbul_Province=1)},
        2,
        "diaspora_TR",
    ),
    (
        "shown in Georgia",
        {"body": ADDRESSED, "delivery_regions": shown(Kvemo_Kartli=0.9, Tbilisi=0.1)},
        2,
        "GE_Kvemo_Kartli",
    ),
    (
        "shown in Iran",
        {"body": ADDRESSED, "delivery_regions": shown(East_Azerbaijan_Province=1)},
        2,
        "IR_Azerbaijani",
    ),
    (
        "shown in the EU",
        {
            "body": ADDRESSED,
            "delivery_countries": [{"country_code": "DE", "reach_count": 500}],
        },
        # Meta's figures by country end at the EU: they contradict nothing.
        3,
        "diaspora_EU_other",
    ),
    ("others", {"body": TURKISH, "delivery_regions": shown(Moscow=1)}, 0, "not_AZ"),
    (
        "targeted, not shown",
        {"targeting": [place("Azerbaijan")], "delivery_regions": shown(Moscow=1)},
        2,
        "not_AZ",
    ),
    # A bank's name inside the link is the link once more.
    (
        "one link",
        {
            "body": "Nice cards for you.",
            "caption_texts": ["kapitalbank.az"],
            "landing_domain": "kapitalbank.az",
        },
        2,
        "AZ_resident",
    ),
]


ELSEWHERE: list[tuple[dict[str, Any], bool]] = [
    ({"delivery_regions": shown(Baku=0.2, Moscow=0.8)}, True),
    ({"delivery_regions": shown(Baku=0.6, Moscow=0.4)}, False),
    ({"delivery_regions": shown(Moscow=1)}, True),
    # The diaspora is an Azerbaijani audience.
    ({"body": AZ_TEXT, "delivery_regions": shown(Moscow=1)}, False),
    ({"asked": ["TR"]}, True),
    ({"asked": ["AZ", "TR"]}, False),
    ({}, False),
]
THREAT = "Мы введём войска и уничтожим Баку ракетами."
THREATS: dict[str, dict[str, Any]] = {
    "intimidation": {"delivery_regions": shown(Baku=1)},
    "incitement": {"delivery_regions": shown(Moscow=1)},
    "both": {"delivery_regions": shown(Baku=0.2, Moscow=0.8)},
    "unknown": {},
}


def seen(low: int | None, high: int | None, week: int, body: str) -> dict[str, Any]:
    """An ad with a band of impressions, in a week of 2024."""
    told = "not_disclosed" if low is None else "range" if high else "open_range"
    return {
        "body": body,
        "impressions_min": low,
        "impressions_max": high,
        "impressions_disclosure": told,
        "started_date": date(2024, 1, 1) + timedelta(weeks=week),
    }


ADS: dict[str, dict[str, Any]] = {
    **{name: fields for name, fields, _, _ in CASES},
    **{f"shown {n}": fields for n, (fields, _) in enumerate(ELSEWHERE)},
    **{name: {"body": THREAT, **fields} for name, fields in THREATS.items()},
    "closed": seen(100, 200, 0, AZ_TEXT),
    "closed too": seen(300, 400, 0, AZ_TEXT),
    "untold": seen(None, None, 0, AZ_TEXT),
    "about": seen(500, 900, 0, ABOUT),
    "open": seen(100, None, 1, AZ_TEXT),
    "about too": seen(500, 900, 1, ABOUT),
}


@pytest.fixture(scope="module")
def made() -> duckdb.DuckDBPyConnection:
    """All ads of this module in one database: most of the time goes into making it."""
    return audiences(
        ADS, "marts.flagged_ads", "marts.audience_reach", "marts.audience_evidence"
    )


def test_levels_and_loci_follow_the_codebook(made: duckdb.DuckDBPyConnection) -> None:
    levels, loci = column(made, "audience_level"), column(made, "audience_locus")
    found = [(name, levels[name], loci[name]) for name, _, _, _ in CASES]
    assert found == [(name, level, locus) for name, _, level, locus in CASES]


def test_shown_to_others_is_told_apart(made: duckdb.DuckDBPyConnection) -> None:
    found = column(made, "is_mainly_elsewhere")
    assert [found[f"shown {n}"] for n in range(len(ELSEWHERE))] == [
        is_elsewhere for _, is_elsewhere in ELSEWHERE
    ]


def test_configuration_keeps_target_and_third_audience_apart(
    made: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(
        made.execute("select ad_id, configuration from marts.flagged_ads").fetchall()
    )
    assert found == {name: name for name in THREATS}


def test_evidence_is_told_with_its_ad_and_whether_it_is_flagged(
    made: duckdb.DuckDBPyConnection,
) -> None:
    found = made.execute(
        "select ad_id, evidence_code, evidence_grade, audience_level, is_flagged "
        "from marts.audience_evidence where ad_id in ('intimidation', 'shown 2') "
        "and source_field = 'delivery_regions'"
    ).fetchall()
    assert found == [("intimidation", "E2", "A", 4, True)]
    ((told, graded),) = made.execute(
        "select (select count(*) from marts.audience_evidence), "
        "(select count(*) from hits.audience_hits)"
    ).fetchall()
    assert told == graded > len(ADS) / 2


def test_reach_has_ranges_and_open_ends(made: duckdb.DuckDBPyConnection) -> None:
    found = made.execute(
        "select audience_level, language_code, ads_count, disclosed_ads_count, "
        "impressions_min, impressions_max, impressions_share_min, "
        "impressions_share_max from marts.audience_reach "
        "where week_start_date < '2025-01-01' order by week_start_date, audience_level"
    ).fetchall()
    assert found == [
        (1, "en", 1, 1, 500, 900, round(500 / 1100, 4), round(900 / 1300, 4)),
        (2, "az", 3, 2, 400, 600, round(400 / 1300, 4), round(600 / 1100, 4)),
        (1, "en", 1, 1, 500, 900, None, round(900 / 1000, 4)),
        (2, "az", 1, 1, 100, None, round(100 / 1000, 4), None),
    ]
