"""The bundled sample is what its script makes, and cannot be taken for real."""

import csv
import gzip
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.review.files import read_decisions

FOLDER = Path("seeds/sample_archive")
REPORT = FOLDER / "report/20261115T060500Z"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.syspath_prepend(str(FOLDER))
    return dict(importlib.import_module("make_sample_archive").recorded_pages())


@pytest.fixture
def database(sample: Path) -> duckdb.DuckDBPyConnection:
    """The published sample, read-only."""
    return duckdb.connect(sample / "adwatch.duckdb", read_only=True)


def recorded() -> Iterator[tuple[str, bytes]]:
    for path in sorted(FOLDER.glob("recorded/**/*.gz")):
        yield path.name, gzip.decompress(path.read_bytes())


def test_the_committed_pages_are_what_the_script_makes(
    made: dict[str, bytes],
) -> None:
    files = {
        str(path.relative_to(FOLDER / "recorded")): gzip.decompress(path.read_bytes())
        for path in FOLDER.glob("recorded/**/*.gz")
    }
    same = {
        name.removesuffix(".gz").removeprefix("recorded/"): body
        for name, body in made.items()
    }
    assert {name.removesuffix(".gz"): body for name, body in files.items()} == same


def test_no_page_holds_a_token_a_snapshot_or_a_real_looking_link() -> None:
    for name, body in recorded():
        for ad in json.loads(body)["data"]:
            assert "ad_snapshot_url" not in ad, name
            assert ad["id"].startswith("9990"), name
            for caption in ad.get("ad_creative_link_captions", []):
                assert caption.endswith(".example"), caption
        assert b"access_token" not in body, name


def reported() -> list[dict[str, str]]:
    """The rows of the invented report."""
    (path,) = REPORT.iterdir()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_report_is_what_the_script_makes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    script = importlib.import_module("sample_report")
    assert (REPORT / script.NAME).read_bytes() == script.report()
    assert all(row["Page ID"].startswith("9990") for row in reported())


def test_the_report_lacks_nothing_but_what_was_left_out_of_the_sample(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    script = importlib.import_module("sample_report")
    gaps = database.execute(
        "select advertiser_name, ads_count, ads_gap from marts.report_totals_gap"
    ).fetchall()
    assert len(gaps) > 60
    assert all(gap >= 0 for _, _, gap in gaps)
    lacking = {name for name, count, gap in gaps if gap and count}
    assert len(lacking) == script.LACKING_COUNT
    assert {name: gap for name, count, gap in gaps if not count} == {
        name: count for (_, name, _), count in script.ELSEWHERE.items()
    }


def test_decisions_are_marked_invented_and_on_texts_of_the_sample(
    database: duckdb.DuckDBPyConnection,
) -> None:
    decisions = read_decisions(FOLDER)
    assert {decision.coder_id for decision in decisions} == {"invented-1", "invented-2"}
    assert all(d.review_note.startswith("Invented decision") for d in decisions)
    texts = database.execute("select text_hash from text.texts").fetchall()
    assert {decision.text_hash for decision in decisions} <= {hash for (hash,) in texts}


def test_reviews_of_the_sample_show_agreement_precision_and_a_silenced_flag(
    database: duckdb.DuckDBPyConnection,
) -> None:
    said = database.execute(
        "select review_measure, review_value from marts.review_quality "
        "where group_name = 'all' and review_variable = 'flag'"
    ).fetchall()
    assert {"alpha", "precision", "recall"} <= {m for m, value in said if value}
    silenced = database.execute(
        "select text_verdict from marts.other_verdicts where coders_count > 0"
    ).fetchall()
    assert {("reviewed_no",), ("contested",)} <= set(silenced)


def test_watched_domains_of_the_sample_are_invented() -> None:
    with (FOLDER / "watched_domains.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert listed
    for row in listed:
        assert row["domain"].endswith(".example"), row
        assert all("nvented" in row[name] for name in ("list_name", "status", "source"))
        assert not row["outlet_name"], row


def test_no_advertiser_bears_the_name_of_a_known_outlet() -> None:
    with Path("seeds/outlets.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"].casefold() for row in csv.DictReader(file)}
    names = {
        ad["page_name"].casefold()
        for _, body in recorded()
        for ad in json.loads(body)["data"]
        if "page_name" in ad
    } | {row["Page name"].casefold() for row in reported()}
    assert len(names) > 50
    assert not names & known
