"""The invented archives of the benchmarks are what the collectors would write."""

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from collectors.ads import AD_SCHEMA
from tests.benchmarks.corpus import RUNS, write_archive, write_run

ADS = 2_000
PER_RUN = ("run_id", "collected_at", "page_sha256", "page_place", "version_hash")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "invented"
    write_archive(folder, ADS, 0.2)
    write_run(folder, RUNS[2], np.arange(ADS, ADS + 150), 0.2)
    return folder


def ads_of(archive: Path, run_id: str) -> list[dict[str, Any]]:
    path = archive / "ads" / "meta" / f"{run_id}.parquet"
    assert pq.read_schema(path).equals(AD_SCHEMA)
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def test_all_ads_are_labelled_invented_and_lead_nowhere(archive: Path) -> None:
    rows = ads_of(archive, RUNS[0])
    assert len(rows) == ADS == len({row["ad_id"] for row in rows})
    assert all(row["is_invented"] for row in rows)
    assert all(row["landing_domain"].endswith(".example") for row in rows)
    assert all("Invented" in row["advertiser_name"] for row in rows)


def test_the_share_of_distinct_texts_is_the_one_asked_for(archive: Path) -> None:
    texts = {str(row["body_texts"]) for row in ads_of(archive, RUNS[0])}
    assert 0.19 * ADS <= len(texts) <= 0.2 * ADS
    new = {str(row["body_texts"]) for row in ads_of(archive, RUNS[2])} - texts
    assert 25 <= len(new) <= 30


def test_an_ad_is_the_same_in_both_runs_but_for_new_figures(archive: Path) -> None:
    first = {row["ad_id"]: row for row in ads_of(archive, RUNS[0])}
    again = ads_of(archive, RUNS[1])
    assert len(again) == ADS // 10
    changed = 0
    for row in again:
        before = first[row["ad_id"]]
        differing = {name for name in row if row[name] != before[name]}
        changed += row["version_hash"] != before["version_hash"]
        if row["version_hash"] == before["version_hash"]:
            assert differing <= set(PER_RUN)
    assert changed == ADS // 20


@pytest.mark.parametrize("run_id", RUNS)
def test_every_ad_comes_from_a_page_of_the_manifest(archive: Path, run_id: str) -> None:
    manifest = archive / "raw" / "meta" / run_id / "manifest.jsonl"
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    assert {line["sha256"] for line in lines} == {
        row["page_sha256"] for row in ads_of(archive, run_id)
    }


def test_shares_add_up_and_words_follow_zipf(archive: Path) -> None:
    rows = ads_of(archive, RUNS[0])
    for row in rows[:200]:
        for name in ("delivery_regions", "delivery_demographics"):
            total = sum(part["delivery_share"] for part in row[name])
            assert total == pytest.approx(1, abs=1e-4)
    counted = duckdb.execute(
        "select count(*) as uses from (select unnest(string_split(body_texts[1], ' ')) "
        "as word from read_parquet(?)) group by word order by uses desc",
        [str(archive / "ads" / "meta" / f"{RUNS[0]}.parquet")],
    ).fetchall()
    uses = [count for (count,) in counted]
    # The hundred most frequent words make up a good part, and most words are rare.
    assert 0.2 < sum(uses[:100]) / sum(uses) < 0.7
    assert np.median(uses) < uses[100] / 3
