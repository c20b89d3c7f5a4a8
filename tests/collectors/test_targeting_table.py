"""A table with a row per choice, as the Audience tab is exported; all rows invented."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.__main__ import main as analyze
from analysis.build import DATABASE
from collectors.__main__ import main
from collectors.table import MAPPINGS
from tests.collectors.conftest import collected_ads, run_told

HEADER = (
    "value,num_ads,total_spend_pct,type,location_type,num_obfuscated,is_exclusion,"
    "custom_audience_type,ds,page_id\n"
)
# page, value, kind, place kind, exclusion, ads
CHOICES: list[tuple[str, str, str, str, str, int]] = [
    ("1", "Azerbaijan", "location", "countries", "FALSE", 3),
    ("1", "All", "gender", "NA", "NA", 3),
    ("1", "Women", "gender", "NA", "NA", 0),
    ("2", "Azerbaijan", "location", "countries", "TRUE", 5),
    ("2", "Georgia", "location", "countries", "false", 5),
    ("3", '"Bakı, Azərbaycan"', "location", "CITY", "0", 1),
    ("3", "Armenia", "location", "countries", "1", 1),
    ("4", "Азербайджан", "location", "countries", "true", 2),
    ("5", '"East Azerbaijan Province, Iran"', "location", "regions", "False", 2),
    ("6", "Azerbaijani", "language", "NA", "NA", 2),
    ("1", '"Ganja, Azerbaijan"', "location", "CITY", "TRUE", 1),
]


@pytest.fixture
def collected(tmp_path: Path, archive: Path) -> list[dict[str, Any]]:
    """The rows above, brought in by the bundled mapping."""
    lines = [
        f"{value},{ads},0.1,{kind},{place},0,{exclusion},NA,2026-01-0{number % 3 + 1},"
        f"{page}\n"
        for number, (page, value, kind, place, exclusion, ads) in enumerate(CHOICES)
    ]
    table = tmp_path / "targeting.csv"
    table.write_text(HEADER + "".join(lines), encoding="utf-8")
    config = tmp_path / "adwatch.toml"
    config.write_text(f'[table]\nfiles = ["meta_targeting={table}"]\n')
    assert main(["--archive", str(archive), "--config", str(config)]) == 0
    return collected_ads(archive)


def test_all_choices_of_a_page_stand_in_one_record(
    collected: list[dict[str, Any]], archive: Path
) -> None:
    assert run_told(archive, "table")["counts"]["unknown_fields"] == {}
    assert [ad["ad_id"] for ad in collected] == [
        f"table:meta_targeting:{page}" for page in range(1, 7)
    ]
    told = [
        (each["kind"], each["value"], each["is_excluded"])
        for each in collected[0]["targeting"]
    ]
    # Nobody chose women only: no ad has it.
    assert told == [
        ("location", "Azerbaijan", False),
        ("gender", "All", None),
        ("location", "Ganja, Azerbaijan", True),
    ]
    assert collected[0]["advertiser_id"] == "meta:1"


SHAPES: list[tuple[str, str, list[tuple[str, bool | None]]]] = [
    (
        "a list",
        '["Azerbaijan", "Georgia"]',
        [("Azerbaijan", False), ("Georgia", False)],
    ),
    (
        "places as the API writes them",
        "[{'name': 'Bakı, Azərbaycan', 'type': 'CITY', 'excluded': True},"
        " {'name': 'Georgia', 'type': 'countries', 'excluded': False}]",
        [("Bakı, Azərbaycan", True), ("Georgia", False)],
    ),
    (
        "left out in the same words",
        "Georgia; Armenia Not in: Azerbaijan",
        [("Georgia", False), ("Armenia", False), ("Azerbaijan", True)],
    ),
    ("none", "", []),
]
MAPPING = """
name = "mine"
ad_id = "id"
optional = ["is_left_out", "kind"]
[[targets]]
kind = "location"
column = "places"
separator = ";"
excluded_after = "Not in:"
"""


def brought(tmp_path: Path, archive: Path, table: Path, mapping: str) -> Any:
    """The records of a table with a mapping of its own."""
    mapped = tmp_path / "mine.toml"
    mapped.write_text(mapping, encoding="utf-8")
    config = tmp_path / "adwatch.toml"
    config.write_text(f'[table]\nfiles = ["{mapped}={table}"]\n')
    assert main(["--archive", str(archive), "--config", str(config)]) == 0
    assert run_told(archive, "table")["counts"].get("skipped", 0) == 0
    return collected_ads(archive)


def test_places_are_read_in_the_shapes_of_tables(tmp_path: Path, archive: Path) -> None:
    table = tmp_path / "places.jsonl"
    lines = [json.dumps({"id": name, "places": cell}) for name, cell, _ in SHAPES]
    table.write_text("\n".join(lines), encoding="utf-8")
    ads = brought(tmp_path, archive, table, MAPPING)
    told = {
        ad["ad_id"]: [
            (each["value"], each["is_excluded"]) for each in ad["targeting"] or []
        ]
        for ad in ads
    }
    assert told == {f"table:mine:{name}": choices for name, _, choices in SHAPES}


def test_parquet_keeps_counts_as_floats_and_lacks_columns(
    tmp_path: Path, archive: Path
) -> None:
    table = tmp_path / "targeting.parquet"
    pq.write_table(
        pa.table(
            {
                "page_id": [15.0, 15.0, 16.0],
                "value": ["Azerbaijan", "Georgia", "Azerbaijan"],
                "type": ["location"] * 3,
                "is_exclusion": ["excluded", "included", "excluded"],
                "num_ads": [2.0, 0.0, 1.0],
            }
        ),
        table,
    )
    mapping = (MAPPINGS / "meta_targeting.toml").read_text(encoding="utf-8")
    ads = brought(tmp_path, archive, table, mapping)
    told = [
        (ad["advertiser_id"], [(t["value"], t["is_excluded"]) for t in ad["targeting"]])
        for ad in ads
    ]
    assert told == [
        ("meta:15", [("Azerbaijan", True)]),
        ("meta:16", [("Azerbaijan", True)]),
    ]


def test_including_is_evidence_and_excluding_is_not(
    collected: list[dict[str, Any]], archive: Path
) -> None:
    import duckdb

    assert collected
    assert analyze(["build", "--archive", str(archive)]) == 0
    with duckdb.connect(archive / DATABASE, read_only=True) as connection:
        found = connection.execute(
            "select right(ad_id, 1), audience_level, evidence_codes, excluded_places "
            "from flags.ad_audiences order by ad_id"
        ).fetchall()
    assert found == [
        ("1", 4, ["E1"], ["Ganja, Azerbaijan"]),
        ("2", 0, [], ["Azerbaijan"]),
        ("3", 4, ["E1"], []),
        ("4", 0, [], ["Азербайджан"]),
        ("5", 0, [], []),
        ("6", 4, ["E3"], []),
    ]
