"""Every library is described where a reader looks for it."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from collectors.libraries import LIBRARIES
from collectors.settings import settings_of
from collectors.table import MAPPINGS, read_mapping

PROJECT = Path(__file__).parents[2]


def test_each_library_has_its_row_and_its_words() -> None:
    with (PROJECT / "seeds" / "libraries.csv").open(encoding="utf-8") as file:
        rows = {row["library"]: row for row in csv.DictReader(file)}
    assert list(rows) == list(LIBRARIES)
    assert all(row["az_coverage"] and row["terms"] for row in rows.values())
    readme = (PROJECT / "collectors" / "README.md").read_text(encoding="utf-8")
    assert all(f"\n| `{name}` |" in readme for name in LIBRARIES)


def test_the_example_settings_are_usable_as_they_stand() -> None:
    text = (PROJECT / "adwatch.example.toml").read_text(encoding="utf-8")
    opened = re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)
    for content in (text, opened):
        tables = tomllib.loads(content)
        tables.pop("reports", None)
        for name, table in tables.items():
            settings_of(name, table, LIBRARIES[name].settings)
    assert set(tables) == set(LIBRARIES)


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.toml")), ids=lambda p: p.stem)
def test_each_mapping_is_usable_and_named_like_its_file(path: Path) -> None:
    assert read_mapping(path)["name"] == path.stem
