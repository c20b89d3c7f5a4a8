"""The rules that every model file keeps."""

from pathlib import Path

import pytest

from analysis.errors import ModelError
from analysis.models import ordered_models, read_model, sources_read

GOOD = """-- hits.examples: what it holds.
-- Grain: one row per ad_id.
-- Reads: staging.ads.
-- Caveat: none known.
select ad_id from staging.ads
"""


def written(
    folder: Path, sql: str, layer: str = "hits", name: str = "examples"
) -> Path:
    path = folder / layer / f"{name}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql, encoding="utf-8")
    return path


def test_a_model_is_read_with_its_header(tmp_path: Path) -> None:
    model = read_model(written(tmp_path, GOOD))
    assert model.name == "hits.examples"
    assert model.meaning == "what it holds."
    assert model.key == ("ad_id",)
    assert model.reads == {"staging.ads"}


WRONG = [
    (GOOD.replace("-- Caveat: none known.\n", ""), "lacks Caveat"),
    (GOOD.replace("hits.examples", "hits.other"), "first line must read"),
    (GOOD.replace("from staging.ads\n", "from staging.codes\n"), "the code reads"),
    (GOOD.replace("staging.ads", "marts.rules"), "hits may not read marts.rules"),
    (
        GOOD.replace("staging.ads", "seeds/x.csv", 1).replace(
            "from staging.ads", "from read_csv('seeds/x.csv')"
        ),
        "only staging may read",
    ),
    (GOOD + "where (", "syntax error"),
]


@pytest.mark.parametrize(("sql", "complaint"), WRONG)
def test_a_header_that_is_not_true_is_refused(
    tmp_path: Path, sql: str, complaint: str
) -> None:
    with pytest.raises(ModelError, match=complaint):
        read_model(written(tmp_path, sql))


def test_models_that_read_in_a_ring_are_refused(tmp_path: Path) -> None:
    one = GOOD.replace("staging.ads", "hits.second")
    written(tmp_path, one)
    written(
        tmp_path,
        one.replace("hits.examples", "hits.second")
        .replace("Reads: hits.second", "Reads: hits.examples")
        .replace("from hits.second", "from hits.examples"),
        name="second",
    )
    with pytest.raises(ModelError, match="ring"):
        ordered_models(tmp_path)


def test_sources_are_found_wherever_they_stand() -> None:
    sql = """with a as (select * from staging.ads), b as (select 1)
    select * from a where x in (select y from text.texts)
    union all select * from read_csv(['seeds/a.csv', 'seeds/b.csv'])"""
    expected = {"staging.ads", "text.texts", "seeds/a.csv", "seeds/b.csv"}
    assert sources_read(sql) == expected


def test_every_model_of_the_project_comes_after_what_it_reads() -> None:
    seen: set[str] = set()
    for model in ordered_models():
        assert model.reads <= seen, model.name
        seen.add(model.name)
