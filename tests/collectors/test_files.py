"""Files of any quality: what can be read is read, the rest is named with its line."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectors.__main__ import main
from collectors.errors import FileRefused
from collectors.tables import Table, csv_records, json_line_records, tables
from tests.collectors.conftest import collected_ads, run_told
from tests.collectors.fake_http import Fault, serving
from tests.collectors.fake_others import FakeFiles

Collect = Callable[..., int]
HEADER = b"id,text,spend,impressions,day\n"
MAPPING = """
name = "mine"
ad_id = "id"
null_values = ["", "NA"]
[constants]
currency_code = "USD"
[fields]
body_texts = "text"
spend = "spend"
impressions = "impressions"
started_date = "day"
"""


@pytest.fixture
def collect_table(tmp_path: Path, archive: Path) -> Collect:
    """Bring in one table by a small mapping."""
    (tmp_path / "mine.toml").write_text(MAPPING, encoding="utf-8")

    def run(name: str, content: bytes, *arguments: str) -> int:
        (tmp_path / name).write_bytes(content)
        config = tmp_path / "adwatch.toml"
        config.write_text(
            f'[table]\nfiles = ["{tmp_path}/mine.toml={tmp_path}/{name}"]\n'
        )
        return main(["--archive", str(archive), "--config", str(config), *arguments])

    return run


def _quarantine(archive: Path, library: str = "table") -> list[tuple[str, str]]:
    (path,) = archive.glob(f"quarantine/{library}/*.jsonl")
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(line["place"], line["reason"]) for line in lines]


def test_bad_rows_are_set_aside_with_their_lines(
    collect_table: Collect, archive: Path
) -> None:
    rows = (
        b'1,"two\nlines",5,10,2026-01-01\n'
        b"2,ragged,5\n"
        b"3,\xff\xfe,5,10,2026-01-01\n"
        b"4,nul\0,5,10,2026-01-01\n"
        b"5,absurd,1e99,10,2026-01-01\n"
        b"6,late,5,10,2026-13-01\n"
        b"id,text,spend,impressions,day\n"
        b"7,fine,NA,10,NA\n"
    )
    assert collect_table("ads.csv", HEADER + rows) == 0
    assert [ad["ad_id"] for ad in collected_ads(archive)] == [
        "table:mine:1",
        "table:mine:7",
    ]
    assert _quarantine(archive) == [
        ("ads.csv line 4", "ragged: 3 cells where the header has 5"),
        ("ads.csv line 5", "not in the file's encoding"),
        ("ads.csv line 6", "NUL bytes"),
        ("ads.csv line 7", "not an amount: '1e99'"),
        ("ads.csv line 8", "'day' is not a date: '2026-13-01'"),
        ("ads.csv line 9", "the header comes again"),
    ]
    counts = run_told(archive, "table")["counts"]
    assert counts["fetched"] == counts["parsed"] + counts["skipped"] == 8


def test_a_header_with_a_column_twice_is_not_guessed(
    collect_table: Collect, archive: Path
) -> None:
    content = b"id,text,spend,impressions,day,text\n1,a,1,1,2026-01-01,b\n"
    assert collect_table("ads.csv", content) == 0
    assert _quarantine(archive) == [
        ("ads.csv line 2", "the header names column 'text' twice")
    ]


def test_utf_16_is_read(collect_table: Collect, archive: Path) -> None:
    text = HEADER.decode() + "1,salam ə,5,10,2026-01-01\n"
    assert collect_table("wide.csv", text.encode("utf-16")) == 0
    assert collected_ads(archive)[0]["body_texts"] == ["salam ə"]


def test_a_torn_file_leaves_its_rows_and_an_incomplete_run(
    collect_table: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = b"".join(
        b"%d,salam %d,5,10,2026-01-01\n" % (n, n * 7919) for n in range(9999)
    )
    torn = gzip.compress(HEADER + rows)[:-500]
    assert collect_table("torn.csv.gz", torn) == 1
    told = run_told(archive, "table")
    assert told["status"] == "incomplete"
    assert "torn.csv after line" in told["missing"]
    assert 5000 < len(collected_ads(archive)) < 9999
    assert "breaks off" in _quarantine(archive)[-1][1]


def test_a_required_column_that_is_gone_stops_the_library(
    collect_table: Collect, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert collect_table("ads.csv", b"id,words\n1,a\n") == 1
    assert "ads.csv line 2: required field 'text' is missing" in caplog.text
    assert run_told(archive, "table")["status"] == "incomplete"


def test_json_lines_name_the_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "ads.jsonl"
    path.write_bytes(b'{"id": 1}\n[]\n{"id"\n' + b"[" * 10**5 + b'\n\n{"id": 2}')
    records = list(json_line_records(Table("ads.jsonl", path)))
    assert [record.place for record in records] == [
        f"ads.jsonl line {number}" for number in (1, 2, 3, 4, 6)
    ]
    assert [record.problem is None for record in records] == [
        True,
        False,
        False,
        False,
        True,
    ]


def _zip(members: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return box.getvalue()


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"../evil.csv": b"a"}, "leads outside"),
        ({"/etc/evil.csv": b"a"}, "leads outside"),
        ({"C:\\evil.csv": b"a"}, "leads outside"),
        ({"bomb.csv": b"0" * 2**25}, "refused"),
    ],
)
def test_dangerous_zips_are_refused(
    tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    path = tmp_path / "ads.zip"
    path.write_bytes(_zip(members))
    with pytest.raises(FileRefused, match=reason):
        tables(path, "ads.zip")
    path.write_bytes(_zip(members)[:-30])
    with pytest.raises(FileRefused, match="not a whole zip"):
        tables(path, "ads.zip")


def test_a_refused_zip_is_not_landed(collect_table: Collect, archive: Path) -> None:
    assert collect_table("bomb.zip", _zip({"b.csv": b"0" * 2**25})) == 1
    assert not list(archive.glob("raw/table/*/pages/*"))


def test_a_cell_without_end_is_one_bad_record(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_bytes(b'a,b\n1,"open\n2,x\n3,y\n')
    (record,) = csv_records(Table("ads.csv", path))
    assert record.place == "ads.csv lines 2-4"


BUNDLE = {
    "top/google-political-ads-creative-stats.csv": (
        "Ad_ID,Ad_URL,Ad_Type,Regions,Advertiser_ID,Advertiser_Name,"
        "Date_Range_Start,Date_Range_End,Impressions,Spend_USD,Age_Targeting,"
        "Geo_Targeting_Included,Spend_Range_Min_USD,Spend_Range_Max_USD,Brand_New\n"
        'CR1,https://x,TEXT,"EU, DE",AR1,A,2018-09-22,2018-11-06,≤ 10k,100-1k,'
        '"18-24, ≥65",Oklahoma,,,1\n'
        "CR1,https://x,Image,US,AR2,B,2018-09-22,,10k–100k,≤ 100,Not targeted,,,,1\n"
        "CR2,https://x,Video,US,AR2,B,2018-09-22,,6000-7000,,,,100,1000.0,1\n"
        "CR3,https://x,Video,US,AR2,B,2018-09-22,,≥10000000,,,,1000000,,1\n"
        "CR4,https://x,Video,US,AR2,B,2018-09-22,,1234,,,,0,100,1\n"
        "CR5,https://x,Hologram,US,AR2,B,2018-09-22,,1234,,,,0,100,1\n"
    ).encode(),
    "top/google-political-ads-updated.csv": b"Report_Data_Updated_Time (PT)\n2026\n",
    "top/README.txt": b"read me",
}


def _google(tmp_path: Path, archive: Path, address: str) -> int:
    config = tmp_path / "adwatch.toml"
    config.write_text(f'[google]\nbase_url = "{address}/bundle.zip"\n')
    return main(["--archive", str(archive), "--config", str(config)])


def test_a_bundle_is_fetched_and_all_band_forms_are_read(
    tmp_path: Path, archive: Path
) -> None:
    with serving(FakeFiles({"/bundle.zip": _zip(BUNDLE)})) as library:
        assert _google(tmp_path, archive, library.address) == 0
    ads = {ad["ad_id"]: ad for ad in collected_ads(archive)}
    assert list(ads) == [
        "google:AR1/CR1",
        "google:AR2/CR1",
        "google:AR2/CR2",
        "google:AR2/CR3",
        "google:AR2/CR4",
    ]
    bands = [
        (ad["impressions_min"], ad["impressions_max"], ad["impressions_disclosure"])
        for ad in ads.values()
    ]
    assert bands == [
        (0, 10_000, "range"),
        (10_000, 100_000, "range"),
        (6000, 7000, "range"),
        (10_000_000, None, "open_range"),
        (1234, 1234, "exact"),
    ]
    spends = [(ad["spend_min"], ad["spend_max"]) for ad in ads.values()]
    assert spends == [(100, 1000), (0, 100), (100, 1000), (1_000_000, None), (0, 100)]
    assert _quarantine(archive, "google")[0][1] == "unknown Ad_Type 'Hologram'"
    counts = run_told(archive, "google")["counts"]
    assert counts["unknown_fields"] == {"Brand_New": 5}
    assert counts["fetched"] == 7


def test_a_download_that_breaks_off_is_no_bundle(tmp_path: Path, archive: Path) -> None:
    torn = Fault(200, _zip(BUNDLE), sent_bytes=100)
    with serving(FakeFiles({"/bundle.zip": _zip(BUNDLE)}, [torn])) as library:
        assert _google(tmp_path, archive, library.address) == 1
        assert run_told(archive, "google")["status"] == "incomplete"
        assert _google(tmp_path, archive, library.address) == 0
    assert len(collected_ads(archive)) == 5


def test_a_bundle_that_is_no_zip_is_kept_but_not_read(
    tmp_path: Path, archive: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(FakeFiles({"/bundle.zip": b"<html>sorry</html>"})) as library:
        assert _google(tmp_path, archive, library.address) == 1
    assert "not a whole zip" in caplog.text
    told = run_told(archive, "google")
    assert told["status"] == "incomplete"
    assert "bundle.zip" in told["missing"]


def test_snap_zips_are_fetched_by_year(tmp_path: Path, archive: Path) -> None:
    row = (
        "ADID,CreativeUrl,Currency Code,Spend,Impressions,StartDate,EndDate,"
        "OrganizationName,PayingAdvertiserName,CountryCode,Regions (Excluded),"
        "CreativeProperties,Language\n"
        "ab12,https://a;https://b,USD,5,10,2023/02/14 16:32:47Z,,Org,Payer,turkey,"
        '"A,B",web_view_url:https://www.x.invalid/p,"az,ru"\n'
    )
    box = _zip({"PoliticalAds.csv": row.encode(), "readme.txt": b""})
    paths = {f"/{year}/PoliticalAds.zip": box for year in (2022, 2023)}
    with serving(FakeFiles(paths)) as library:
        config = tmp_path / "adwatch.toml"
        config.write_text(f'[snap]\nbase_url = "{library.address}"\n')
        arguments = ["snap", "--since", "2022-05-01", "--until", "2023-05-01"]
        assert (
            main(["--archive", str(archive), "--config", str(config), *arguments]) == 0
        )
    first, second = collected_ads(archive)
    assert first["version_hash"] == second["version_hash"]
    assert first["creative_urls"] == ["https://a", "https://b"]
    assert first["delivery_countries"][0]["country_code"] == "TR"
    assert first["landing_domain"] == "x.invalid"
    excluded: list[Any] = [t for t in first["targeting"] if t["is_excluded"]]
    assert excluded[0]["value"] == "A,B"
