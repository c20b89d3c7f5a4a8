"""Real files go through their collectors, and every row of them is accounted for.

The files lie beside the project and are not part of it; without them nothing is run.
"""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from collectors import meta_record
from collectors.__main__ import main
from tests.collectors.conftest import run_told


def _collect(archive: Path, table: str, files: list[str]) -> dict[str, Any]:
    config = archive.parent / "adwatch.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f"[{table}]\nfiles = {json.dumps(files)}\n", encoding="utf-8")
    assert main(["--archive", str(archive), "--config", str(config)]) == 0
    assert main(["verify", "--archive", str(archive)]) == 0
    counts: dict[str, Any] = run_told(archive, table)["counts"]
    assert counts["fetched"] == counts["parsed"] + counts.get("skipped", 0)
    quarantined = sum(
        len(path.read_bytes().splitlines())
        for path in archive.glob(f"quarantine/{table}/*.jsonl")
    )
    assert quarantined == counts.get("skipped", 0)
    return counts


def _asked(archive: Path, dataset: str, query: str) -> Any:
    """The one row that a question about a dataset gets from DuckDB."""
    files = f"read_parquet('{archive}/{dataset}/*/*.parquet')"
    return duckdb.sql(query.format(rows=files)).fetchone()


def _rows_in(path: Path) -> int:
    """Rows below the headers of a CSV, or of all CSVs in a zip."""
    if path.suffix == ".csv":
        texts = [path.read_text(encoding="utf-8-sig")]
    else:
        with zipfile.ZipFile(path) as box:
            texts = [
                box.read(name).decode("utf-8-sig")
                for name in box.namelist()
                if name.endswith(".csv")
            ]
    return sum(
        sum(1 for row in csv.reader(io.StringIO(text, newline="")) if row) - 1
        for text in texts
    )


def test_internet_research_agency_ads(real: Path, archive: Path) -> None:
    path = real / "ira_facebook_ads" / "fb_russia_ads_clean.csv"
    counts = _collect(archive, "table", [f"ira_2018={path}"])
    assert counts["fetched"] == _rows_in(path) == 3517
    assert counts["written"] == 3517
    assert counts["unknown_fields"] == {}
    ads, texts, roubles, impressions, currency = _asked(
        archive,
        "ads",
        "select count(distinct ad_id), count(body_texts), sum(spend_min),"
        " sum(impressions_min), any_value(currency_code) from {rows}",
    )
    # 40 texts are NA and two are blank.
    assert (ads, texts, currency) == (3517, 3475, "RUB")
    assert impressions == 40_547_551
    with path.open(encoding="utf-8") as file:
        stated = [row["Spend_RUB"] for row in csv.DictReader(file)]
    assert float(roubles) == pytest.approx(
        sum(float(value) for value in stated if value != "NA")
    )


def test_meta_export_of_2020(real: Path, archive: Path) -> None:
    path = real / "meta_us_2020" / "us_2020_addownloader_full_api_fields.csv"
    counts = _collect(archive, "table", [f"meta_us_2020={path}"])
    assert counts["fetched"] == counts["written"] == _rows_in(path) == 2000
    assert counts["unknown_fields"] == {}
    ads, texts, shares = _asked(
        archive,
        "ads",
        "select count(distinct ad_id), count(body_texts),"
        " avg(list_sum(list_transform(delivery_regions, lambda x: x.delivery_share)))"
        " from {rows}",
    )
    assert ads == 2000
    assert texts > 1900
    assert shares == pytest.approx(1, abs=0.01)


def test_reports_of_kazakhstan_hungary_belgium_and_turkey(
    real: Path, archive: Path
) -> None:
    files = sorted((real / "meta_ad_library_reports").glob("*_20*"))
    assert len(files) == 4
    counts = _collect(archive, "meta_report", [str(path) for path in files])
    assert counts["fetched"] == sum(map(_rows_in, files)) == 24174
    assert counts["spend_rows"] == 24174
    told = duckdb.sql(
        "select country_codes[1], currency_code, count(*),"
        " count(*) filter (spend_disclosure = 'range')"
        f" from read_parquet('{archive}/spend/*/*.parquet')"
        " where spend_kind = 'advertiser' group by all order by all"
    ).fetchall()
    assert [row[:3] for row in told] == [
        ("BE", "EUR", 1036),
        ("HU", "HUF", 1002),
        ("KZ", "USD", 229),
        ("TR", "TRY", 7449),
    ]
    assert told[2][3] == 217


def test_snap_files_of_both_forms(real: Path, archive: Path) -> None:
    files = sorted((real / "snap").glob("PoliticalAds*.csv"))
    counts = _collect(archive, "snap", [str(path) for path in files])
    assert counts["fetched"] == counts["written"] == sum(map(_rows_in, files)) == 6699
    assert counts["unknown_fields"] == {}
    turkish, impressions = _asked(
        archive,
        "ads",
        "select count(*) filter (delivery_countries[1].country_code = 'TR'),"
        " sum(impressions_min) from {rows}",
    )
    assert turkish == 2
    stated = 0
    for path in files:
        with path.open(encoding="utf-8") as file:
            stated += sum(int(row["Impressions"]) for row in csv.DictReader(file))
    assert impressions == stated


def test_google_files_of_both_vintages(real: Path, archive: Path) -> None:
    files = sorted((real / "google").glob("*/*.csv"))
    counts = _collect(archive, "google", [str(path) for path in files])
    assert counts["fetched"] == sum(map(_rows_in, files)) == 33397
    assert counts["unknown_fields"] == {}
    advertisers, weeks, places, keywords = _asked(
        archive,
        "spend",
        "select count(*) filter (spend_kind = 'advertiser'),"
        " count(*) filter (spend_kind = 'advertiser_week'),"
        " count(*) filter (spend_kind = 'location'),"
        " count(*) filter (spend_kind = 'keyword') from {rows}",
    )
    assert (advertisers, weeks, places) == (22025, 10830, 500)
    # Six keywords stand in each of 42 rows.
    assert keywords == 6 * 42


def test_recorded_files_of_all_years(samples: Path, archive: Path) -> None:
    names = [*(samples / "snap").glob("*.csv")]
    counts = _collect(archive, "snap", [str(path) for path in sorted(names)])
    assert counts["unknown_fields"] == {}
    assert counts.get("skipped", 0) == 0
    google = [*(samples / "google").glob("*.csv")]
    counts = _collect(archive, "google", [str(path) for path in sorted(google)])
    assert counts["unknown_fields"] == {}
    reports = [*(samples / "meta-report").glob("*.csv")]
    counts = _collect(archive, "meta_report", [str(path) for path in sorted(reports)])
    assert counts.get("skipped", 0) == 0


def test_recorded_meta_ads_are_read_whole(samples: Path) -> None:
    found: list[dict[str, Any]] = []
    for path in sorted((samples / "meta").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = content if isinstance(content, list) else [content]
        for entry in entries:
            found += entry.get("data", [entry]) if isinstance(entry, dict) else []
    raws = [raw for raw in found if isinstance(raw.get("ad_delivery_start_time"), str)]
    assert len(raws) >= 28
    for number, raw in enumerate(raws):
        # Old questions did not ask for the id; the snapshot link held it.
        if "_id" not in raw:
            raw.setdefault("id", str(number))
        raw.pop("ad_snapshot_url", None)
        record = meta_record.ad(raw)
        assert raw.keys() <= meta_record.IGNORED
        assert record["started_date"]
