"""What was asked for, what came, what is gone, and what the report says there is."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.database import EMPTY
from analysis.texts import database_of_tables
from collectors.__main__ import main as collect
from collectors.datasets import SCHEMAS

DAY = date(2026, 1, 1)
DAY_BEFORE = date(2023, 12, 28)
ADS = pa.schema(
    [
        ("ad_id", pa.string()),
        ("library", pa.string()),
        ("library_url", pa.string()),
        ("advertiser_id", pa.string()),
        ("advertiser_name", pa.string()),
        ("funder", pa.string()),
        ("currency_code", pa.string()),
        ("spend_min", pa.decimal128(18, 2)),
        ("spend_max", pa.decimal128(18, 2)),
        ("started_date", pa.date32()),
        ("stopped_date", pa.date32()),
        ("last_collected_at", pa.timestamp("us")),
    ]
)
GONE = ("ad_id", "library", "version_hash", "query_id", "last_seen_run_id",
        "vanished_run_id")  # fmt: skip


def query(query_id: str, since: str, until: str, country: str = "AZ") -> dict[str, Any]:
    return {
        "query_id": query_id,
        "country_codes": [country],
        "reason": f"delivered in {country} {since} to {until}; search_terms *",
    }


def run(
    archive: Path,
    run_id: str,
    queries: list[dict[str, Any]],
    status: str = "complete",
    cut_short: dict[str, str] | None = None,
) -> None:
    """Write the run.json that a collector leaves."""
    path = archive / "raw" / "meta" / run_id / "run.json"
    path.parent.mkdir(parents=True)
    kept = {"library": "meta", "run_id": run_id, "status": status, "missing": None,
            "cut_short": cut_short or {}, "queries": queries, "counts": {}}  # fmt: skip
    path.write_text(json.dumps(kept), encoding="utf-8")


def ad(
    ad_id: str, library: str = "meta", day: date = DAY, **told: Any
) -> dict[str, Any]:
    return {"ad_id": ad_id, "library": library, "started_date": day, **told}


def days(archive: Path, ads: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Coverage status by library and day of January."""
    given = {"staging.ads": pa.Table.from_pylist(ads, schema=ADS)}
    found = database_of_tables(given, ["marts.coverage_days"], archive).execute(
        "select library, day(covered_date), coverage_status from marts.coverage_days"
    )
    return {(library, day): status for library, day, status in found.fetchall()}


def test_a_day_is_complete_once_it_has_ended(tmp_path: Path) -> None:
    run(tmp_path, "20260103T120000Z", [query("q", "2026-01-01", "2026-01-03")])
    assert days(tmp_path, [ad("1")]) == {
        ("meta", 1): "complete",
        ("meta", 2): "complete",
        ("meta", 3): "not complete",
    }


def test_a_broken_run_is_made_up_for_by_a_later_one(tmp_path: Path) -> None:
    run(tmp_path, "20260103T120000Z", [query("q", "2026-01-01", "2026-01-02")],
        status="incomplete")  # fmt: skip
    assert set(days(tmp_path, []).values()) == {"not complete"}
    run(tmp_path, "20260104T120000Z", [query("q", "2026-01-01", "2026-01-02")])
    assert set(days(tmp_path, []).values()) == {"complete"}


def test_a_list_cut_short_is_not_complete(tmp_path: Path) -> None:
    asked = [
        query("az", "2026-01-01", "2026-01-01"),
        query("ge", "2026-01-01", "2026-01-01", country="GE"),
    ]
    run(tmp_path, "20260103T120000Z", asked, cut_short={"ge": "too many"})
    assert days(tmp_path, []) == {("meta", 1): "in part"}


def test_days_between_that_nobody_asked_for_are_gaps(tmp_path: Path) -> None:
    asked = [
        query("a", "2026-01-01", "2026-01-01"),
        query("b", "2026-01-03", "2026-01-03"),
    ]
    run(tmp_path, "20260105T120000Z", asked)
    assert days(tmp_path, [])["meta", 2] == "not asked for"


def test_a_file_speaks_for_its_own_days(tmp_path: Path) -> None:
    run(tmp_path, "20260103T120000Z", [query("q", "2026-01-01", "2026-01-01")])
    ads = [ad("1", "table"), ad("2", "table", date(2026, 1, 4))]
    found = days(tmp_path, ads)
    assert {status for (name, _), status in found.items() if name == "table"} == {
        "file"
    }
    assert len(found) == 5


def test_a_run_is_told_with_what_came(tmp_path: Path) -> None:
    run(tmp_path, "20260103T120000Z", [query("q", "2026-01-01", "2026-01-02")])
    run(tmp_path, "20260104T120000Z", [], status="incomplete")
    seen = [
        {"run_id": "20260103T120000Z", "ad_id": ad_id, "requested_country_codes": asked}
        for ad_id, asked in (("1", ["GE"]), ("1", ["AZ"]), ("2", ["AZ"]))
    ]
    pages = [
        {"library": library, "run_id": "20260103T120000Z", "received_at": at}
        for library, at in (
            ("meta", datetime(2026, 1, 3, 13)),
            ("meta", datetime(2026, 1, 3, 14)),
            ("google", datetime(2026, 1, 9)),
        )
    ]
    given = {
        "staging.ad_sightings": pa.Table.from_pylist(seen),
        "staging.pages": pa.Table.from_pylist(pages),
    }
    made = database_of_tables(given, ["marts.library_coverage"], tmp_path)
    found = made.execute(
        "select run_status, requested_country_codes, ads_count, first_received_at, "
        "last_received_at from marts.library_coverage order by run_id"
    ).fetchall()
    ends = (datetime(2026, 1, 3, 13), datetime(2026, 1, 3, 14))
    assert found == [
        ("complete", ["AZ", "GE"], 2, *ends),
        ("incomplete", [], 0, None, None),
    ]


def test_an_archive_without_spend_and_vanished_is_built(tmp_path: Path) -> None:
    made = database_of_tables(
        {}, ["staging.reported_spend", "staging.disappearances"], tmp_path
    )
    for table in ("reported_spend", "disappearances"):
        assert made.execute(f"from staging.{table}").fetchall() == []


def test_the_empty_tables_have_the_collectors_columns(tmp_path: Path) -> None:
    spend = pq.read_schema(EMPTY / "spend" / "none" / "none.parquet")
    assert spend.equals(SCHEMAS["spend"])
    assert collect(["--archive", str(tmp_path / "sample"), "--sample"]) == 0
    (path,) = (tmp_path / "sample").glob("vanished/*/*.parquet")
    vanished = pq.read_schema(EMPTY / "vanished" / "none" / "none.parquet")
    assert vanished.equals(pq.read_schema(path))


def disappearance(ad_id: str, seen: str, gone: str) -> dict[str, Any]:
    values = (ad_id, "meta", "hash", "q", seen, gone)
    return {**dict(zip(GONE, values, strict=True)), "vanished_at": datetime(2026, 2, 1)}


def vanished(
    gone: list[dict[str, Any]], seen: dict[str, str], tmp_path: Path
) -> list[tuple[Any, ...]]:
    sightings = [{"ad_id": ad_id, "run_id": run_id} for ad_id, run_id in seen.items()]
    given = {
        "staging.ads": pa.Table.from_pylist([ad(name) for name in seen], schema=ADS),
        "staging.ad_sightings": pa.Table.from_pylist(sightings),
        "staging.disappearances": pa.Table.from_pylist(gone),
        "marts.flagged_ads": pa.table({"ad_id": ["1"]}),
    }
    return (
        database_of_tables(given, ["marts.vanished_ads"], tmp_path)
        .execute(
            "select ad_id, vanished_run_id, is_shown_elsewhere, is_flagged "
            "from marts.vanished_ads order by ad_id"
        )
        .fetchall()
    )


def test_vanished_ads_say_whether_they_came_back(tmp_path: Path) -> None:
    gone = [disappearance("1", "a", "b"), disappearance("2", "a", "b")]
    found = vanished(gone, {"1": "a", "2": "c", "3": "c"}, tmp_path)
    assert found == [("1", "b", False, True), ("2", "b", True, False)]


def test_an_ad_that_vanished_twice_is_one_row(tmp_path: Path) -> None:
    gone = [disappearance("1", "a", "b"), disappearance("1", "c", "d")]
    assert vanished(gone, {"1": "c"}, tmp_path) == [("1", "d", False, True)]


def gap(
    ads: list[dict[str, Any]], tmp_path: Path, count: int | None = 5, run_id: str = "r"
) -> list[tuple[Any, ...]]:
    """What the totals say of one page, reported once with `count` ads in a week."""
    folder = tmp_path / "spend" / "meta_report"
    folder.mkdir(parents=True, exist_ok=True)
    row = {
        "library": "meta_report", "spend_kind": "advertiser", "advertiser_id": "meta:9",
        "advertiser_name": "Page", "country_codes": ["AZ"], "ads_count": count,
        "spend_min": 0, "spend_max": 100, "spend_disclosure": "range",
        "currency_code": "USD", "period_name": "last_7_days",
        "period_stopped_date": date(2026, 1, 7), "query_id": "f", "run_id": run_id,
        "page_sha256": "0", "page_place": "1", "is_invented": True,
        "collected_at": datetime(2026, 1, 8),
    }  # fmt: skip
    table = pa.Table.from_pylist([row], schema=SCHEMAS["spend"])
    pq.write_table(table, folder / f"{run_id}.parquet")
    sightings = [{"ad_id": a["ad_id"], "requested_country_codes": ["AZ"]} for a in ads]
    given = {
        "staging.ads": pa.Table.from_pylist(ads, schema=ADS),
        "staging.ad_sightings": pa.Table.from_pylist(sightings),
    }
    return (
        database_of_tables(given, ["marts.report_totals_gap"], tmp_path)
        .execute(
            "select stated_ads_count, ads_count, ads_gap, stated_spend_min, "
            "stated_spend_max from marts.report_totals_gap"
        )
        .fetchall()
    )


def test_the_gap_counts_ads_of_the_period_only(tmp_path: Path) -> None:
    page = {"advertiser_id": "meta:9"}
    ads = [
        ad("in", day=date(2026, 1, 3), **page),
        ad("still running", day=date(2025, 12, 1), **page),
        ad("over", day=date(2025, 12, 1), stopped_date=date(2025, 12, 31), **page),
        ad("later", day=date(2026, 1, 8), **page),
        ad("of another", day=date(2026, 1, 3), advertiser_id="meta:8"),
    ]
    assert gap(ads, tmp_path) == [(5, 2, 3, 0, 100)]


def test_a_report_brought_in_twice_counts_once(tmp_path: Path) -> None:
    ads = [ad("in", day=date(2026, 1, 3), advertiser_id="meta:9")]
    gap(ads, tmp_path)
    assert gap(ads, tmp_path, run_id="s") == [(5, 1, 4, 0, 100)]


def test_a_count_that_is_not_told_stays_unknown(tmp_path: Path) -> None:
    ads = [ad("in", day=date(2026, 1, 3), advertiser_id="meta:9")]
    ((stated, obtained, difference, *_),) = gap(ads, tmp_path, count=None)
    assert (stated, obtained, difference) == (None, 1, None)


REPORTS = Path(__file__).parents[3] / "shared/real/meta_ad_library_reports"


@pytest.mark.skipif(not REPORTS.is_dir(), reason="real reports are not here")
def test_the_gap_of_real_reports_is_that_of_their_files(tmp_path: Path) -> None:
    files = sorted(str(path) for path in REPORTS.glob("*_20*"))
    config = tmp_path / "adwatch.toml"
    config.write_text(f"[meta_report]\nfiles = {json.dumps(files)}\n", encoding="utf-8")
    archive = tmp_path / "live"
    assert collect(["--archive", str(archive), "--config", str(config)]) == 0
    # A page with two rows of one disclaimer, and one whose rows differ in it.
    twice, once = "meta:162314920308503", "meta:144295649058307"
    ads = [
        ad("a", day=date(2024, 1, 5), advertiser_id=twice),
        ad("b", day=date(2024, 3, 27), advertiser_id=twice),
        ad("over", day=date(2023, 1, 1), stopped_date=DAY_BEFORE, advertiser_id=twice),
        ad("c", day=date(2024, 3, 1), advertiser_id=once),
        ad("of belgium", day=date(2025, 7, 1), advertiser_id="meta:1"),
    ]
    asked = [
        {"ad_id": a["ad_id"], "requested_country_codes": [country]}
        for a, country in zip(ads, ["TR", "TR", "TR", "TR", "BE"], strict=True)
    ]
    given = {
        "staging.ads": pa.Table.from_pylist(ads, schema=ADS),
        "staging.ad_sightings": pa.Table.from_pylist(asked),
    }
    made = database_of_tables(given, ["marts.report_totals_gap"], archive)
    totals = made.execute(
        "select country_code, currency_code, count(*), sum(stated_ads_count), "
        "sum(ads_count) from marts.report_totals_gap group by all order by all"
    ).fetchall()
    # As in the files, without Belgium's 14 rows of accounts without a page (18 ads).
    assert totals == [("BE", "EUR", 988, 14892, 0), ("TR", "TRY", 7008, 114902, 3)]
    pages = made.execute(
        "select stated_ads_count, ads_count, period_started_date from "
        "marts.report_totals_gap where advertiser_id in (?, ?) order by all",
        [twice, once],
    ).fetchall()
    start = date(2023, 12, 29)
    assert pages == [(53, 2, start), (1004, 1, start)]


def test_the_sample_archive_is_covered_and_has_lost_ads(tmp_path: Path) -> None:
    archive = tmp_path / "sample"
    assert collect(["--archive", str(archive), "--sample"]) == 0
    made: duckdb.DuckDBPyConnection = database_of_tables(
        {}, ["marts.coverage_days", "staging.disappearances"], archive
    )
    statuses = dict(
        made.execute(
            "select coverage_status, count(*) from marts.coverage_days group by all"
        ).fetchall()
    )
    assert statuses["complete"] > 700
    # The last day of the last run had not ended.
    assert statuses["not complete"] == 1
    rows = made.execute("select count(*) from staging.disappearances").fetchall()
    assert rows[0][0] > 0
