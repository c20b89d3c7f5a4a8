"""The cookbook: every query says what it answers, and answers it on the sample."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from analysis.desk.dictionary import TARGET, dictionary, with_dictionary
from analysis.desk.query import one_select

FOLDER = Path("analysis/queries")
QUERIES = sorted(FOLDER.glob("*.sql"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def database(sample: Path) -> duckdb.DuckDBPyConnection:
    """The published sample, read-only."""
    return duckdb.connect(sample / "adwatch.duckdb", read_only=True)


def test_there_are_enough_queries() -> None:
    assert len(QUERIES) >= 25


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_has_a_head_and_an_answer(
    database: duckdb.DuckDBPyConnection, path: Path
) -> None:
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    said = re.findall(r"^-- (Question|Answer|Caveat): \S", head, re.MULTILINE)
    assert said == ["Question", "Answer", "Caveat"]
    sql = one_select(database, path)
    rows = database.execute(sql).fetchall()
    assert rows
    assert database.execute(sql).fetchall() == rows


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_money_is_never_added_over_currencies(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    if re.search(r"sum\((\w+[.])?spend_", sql):
        assert re.search(r"group by[^;]*currency_code", sql)


SESSION = re.findall(r"```sql\n(.+?)\n```\n\n```\n(.+?)\n```", README, re.DOTALL)


@pytest.mark.parametrize(("sql", "answer"), SESSION)
def test_the_recorded_session_is_what_the_shell_says(
    sample: Path, sql: str, answer: str
) -> None:
    shell = [".venv/bin/duckdb", "-readonly", str(sample / "adwatch.duckdb")]
    done = subprocess.run(shell, input=sql, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip() == answer


def test_the_session_answers_its_question(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assert len(SESSION) >= 3
    rows = database.execute(one_select(database, FOLDER / "nakhchivan.sql")).fetchall()
    assert rows
    for advertiser, *_, spend in rows:
        assert advertiser in SESSION[-1][1]
        assert re.match(r"at least [\d,.]+( and no more than [\d,.]+)? [A-Z]{3}", spend)


SNIPPETS = re.findall(r"```python\n(.+?)```", README, re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=["notebook", "pandas", "Parquet"])
def test_the_snippets_run(sample: Path, snippet: str) -> None:
    names: dict[str, object] = {}
    exec(snippet.replace("data/sample", str(sample)), names)
    result = next(names[n] for n in ("found", "by_week", "newest") if n in names)
    assert len(result) > 0  # type: ignore[arg-type]


def test_the_dictionary_is_current(database: duckdb.DuckDBPyConnection) -> None:
    page = TARGET.read_text(encoding="utf-8")
    assert page == with_dictionary(page, dictionary(database)), (
        "run `make dictionary ARCHIVE=sample`"
    )
