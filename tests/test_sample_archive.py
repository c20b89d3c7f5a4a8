"""The bundled sample is what its script makes, and cannot be taken for real."""

import csv
import gzip
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path("seeds/sample_archive")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.syspath_prepend(str(FOLDER))
    return dict(importlib.import_module("make_sample_archive").recorded_pages())


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


def test_no_advertiser_bears_the_name_of_a_known_outlet() -> None:
    with Path("seeds/outlets.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"].casefold() for row in csv.DictReader(file)}
    names = {
        ad["page_name"].casefold()
        for _, body in recorded()
        for ad in json.loads(body)["data"]
        if "page_name" in ad
    }
    assert len(names) > 50
    assert not names & known
