"""Names of places: complete, made by the script, and told from ordinary words."""

import csv
import importlib
from pathlib import Path

import pytest

from tests.analysis.model_case import of_texts

FOLDER = Path("seeds/gazetteer")
PLACES = Path("seeds/audience_places.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_what_the_script_makes_and_lacks_no_town(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    script = importlib.import_module("make_gazetteer")
    monkeypatch.setattr(script, "TARGET", tmp_path / "places.csv")
    script.main()
    assert (tmp_path / "places.csv").read_bytes() == PLACES.read_bytes()


def test_every_subdivision_has_names_in_three_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    script = importlib.import_module("make_gazetteer")
    named = {(row["region_code"], row["language_code"]) for row in rows(PLACES)}
    regions = [row["region_code"] for row in script.standard_names()]
    assert len(regions) >= 78
    assert not [
        (code, language)
        for code in regions
        for language in ("az", "ru", "en")
        if (code, language) not in named
    ]


def test_guarded_names_count_only_where_they_are_places() -> None:
    guarded = rows(FOLDER / "guarded_names.csv")
    assert len(guarded) > 50
    texts = [
        each for row in guarded for each in (row["example_hit"], row["example_miss"])
    ]
    found = of_texts(texts, ["hits.place_hits"])
    named = {
        int(number)
        for (number,) in found.execute(
            "select ad_texts.ad_id from hits.place_hits "
            "inner join text.ad_texts using (text_hash)"
        ).fetchall()
    }
    assert not [
        row["example_hit"] for n, row in enumerate(guarded) if 2 * n not in named
    ]
    assert not [
        row["example_miss"] for n, row in enumerate(guarded) if 2 * n + 1 in named
    ]
