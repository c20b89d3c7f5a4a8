"""Files for other programs: no cell is a formula, no sum is wrong, nothing is named."""

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from reports.__main__ import main
from reports.evidence_files import cell
from tests.reports.marts_builder import HOSTILE


@pytest.fixture(scope="module")
def report(archive: Path) -> Path:
    """The report of a part of an archive full of hostile texts."""
    assert main(["--archive", str(archive), "--since", "2025-08-01"]) == 0
    return archive / "reports" / "2025-08-01_end"


def csv_rows(report: Path) -> list[dict[str, str]]:
    with (report / "evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_both_files_hold_every_flagged_ad_of_the_period(report: Path) -> None:
    with duckdb.connect(report.parents[1] / "adwatch.duckdb") as connection:
        found = connection.execute(
            "select ad_id from marts.flagged_ads where started_date >= '2025-08-01'"
        ).fetchall()
    ids = {row[0] for row in found}
    assert ids
    assert {row["ad_id"] for row in csv_rows(report)} == ids
    assert set(pq.read_table(report / "evidence.parquet")["ad_id"].to_pylist()) == ids


def test_no_cell_is_a_formula(report: Path) -> None:
    numbers = {"threat_score"}
    for row in csv_rows(report):
        for name, text in row.items():
            if name not in numbers:
                assert not text.lstrip().startswith(("=", "+", "-", "@", "＝")), name
    assert any(row["quote"].startswith("'=HYPERLINK") for row in csv_rows(report))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("＋1", "[U+FF0B]1"),
        ("a=1", "a=1"),
        ("\u202e=1", "[U+202E]=1"),
        (-0.5, "-0.5"),
        (None, ""),
        (False, "false"),
        (["=a", "b"], "'=a; b"),
    ],
)
def test_a_cell_is_safe_and_unknown_is_empty(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_hidden_signs_are_shown_in_csv_and_kept_in_parquet(report: Path) -> None:
    assert any("[U+202E]" in row["quote"] for row in csv_rows(report))
    quotes = pq.read_table(report / "evidence.parquet")["quote"].to_pylist()
    assert set(quotes) <= {text for _, text in HOSTILE}
    assert any("\u202e" in quote for quote in quotes)


def test_an_open_end_is_null(report: Path) -> None:
    rows = pq.read_table(report / "evidence.parquet").to_pylist()
    assert any(
        row["spend_min"] is not None and row["spend_max"] is None for row in rows
    )
    empty = [
        row for row in csv_rows(report) if row["spend_min"] and not row["spend_max"]
    ]
    assert empty


def test_the_manifest_holds_what_stands_behind_every_figure(report: Path) -> None:
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["database_version"] == "0123456789ab"
    assert manifest["period"]["since"] == "2025-08-01"
    assert "2025-08-01" in manifest["marts_cut_to"]["marts.flagged_ads"]
    for name in Path("reports/charts").glob("*.sql"):
        entry = manifest["queries"][f"charts/{name.stem}"]
        assert entry["query"] == name.read_text(encoding="utf-8")
        assert len(entry["rows_sha256"]) == 64
    files = {
        path.relative_to(report).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in report.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files_sha256"] == files
