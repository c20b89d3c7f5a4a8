"""Each function that may run on Spark gives the same there; each other is refused."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis.errors import ModelError
from analysis.spark.lint import REFUSED, functions, refusals
from analysis.spark.translate import to_spark

ODD_ROWS = Path(__file__).with_name("odd_rows.sql")
EXAMPLES = {name: row["example"] for name, row in functions().items()}
TRUSTED = [name for name, row in functions().items() if row["spark"] != REFUSED]
DISTRUSTED = [name for name, row in functions().items() if row["spark"] == REFUSED]


@pytest.fixture(scope="module")
def odd(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """DuckDB with the table `odd`, which Spark has too."""
    path = tmp_path_factory.mktemp("odd") / "odd.parquet"
    with duckdb.connect() as connection:
        rows = ODD_ROWS.read_text(encoding="utf-8")
        connection.execute(f"create table odd as {rows}")
        connection.execute(f"copy odd to '{path}'")
        spark.read.parquet(str(path)).createOrReplaceTempView("odd")
        yield connection


@pytest.mark.parametrize("function", TRUSTED)
def test_a_trusted_function_gives_the_same(odd: Any, spark: Any, function: str) -> None:
    example = EXAMPLES[function]
    assert refusals(example) == []
    in_duckdb = odd.execute(example).to_arrow_table().to_pylist()
    in_spark = spark.sql(to_spark(example)).toArrow().to_pylist()
    assert sorted(map(plain, in_duckdb)) == sorted(map(plain, in_spark))


def plain(row: dict[str, Any]) -> str:
    """A row as text; 2 and 2.00 are the same number in another type."""
    return repr({name: _plain(value) for name, value in row.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return float(value) if is_number else value


@pytest.mark.parametrize("function", DISTRUSTED)
def test_a_function_known_to_differ_is_refused(odd: Any, function: str) -> None:
    odd.execute(EXAMPLES[function])
    assert any(
        reason.startswith(f"{function}: ") for reason in refusals(EXAMPLES[function])
    )


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("select soundex(s) from odd", "soundex: not compared"),
        ("select text.folded(s) from odd", "a macro, only DuckDB has it"),
        ("select * from read_parquet('x.parquet')", "a kind of query"),
        ("select list_sort(l, 'desc') from odd", "list_sort of 2 arguments"),
        ("select l[1] from odd", "array_extract: not compared"),
        ("select [x for x in l] from odd", "not compared"),
        ("select cast(n / 2 as integer) from odd", "cast to integer"),
        ("select cast(d as varchar) from odd", "cast to varchar"),
        ("pivot odd on s using sum(n)", "not a plain select"),
        ("select lag(n) over (order by n) from odd", "window_lag: not compared"),
        ("from odd asof join odd as o on odd.n >= o.n", "a kind of join"),
        ("select s from odd positional join odd as o", "a kind of join"),
        ("select s from odd order by n limit 1", "a kind of query"),
        ("select s from odd order by random()", "random: not compared"),
        ("select s, n from odd using sample 10%", "a sample"),
        ("select distinct on (g) g, s from odd", "distinct on"),
        ("select g, count(*) from odd group by rollup(g)", "grouping sets"),
        (
            "select * from odd qualify row_number() over (order by n) = 1",
            "qualify after a star",
        ),
        (
            "with recursive a as (select 1 as x union all select 2) select x from a",
            "a kind of query",
        ),
    ],
)
def test_what_was_never_compared_is_refused(sql: str, reason: str) -> None:
    assert any(reason in told for told in refusals(sql)), refusals(sql)


def test_unions_by_name_need_the_same_order_of_columns() -> None:
    same = "select s, g from odd union all by name select s, g from odd"
    assert "BY NAME" not in to_spark(same).upper()
    with pytest.raises(ModelError, match="same order"):
        to_spark("select s, g from odd union all by name select g, s from odd")


def test_a_named_window_beside_qualify_is_not_translated() -> None:
    with pytest.raises(ModelError, match="window"):
        to_spark(
            "select s, row_number() over w as v from odd window w as (order by n) "
            "qualify row_number() over (order by s) = 1"
        )


def test_a_row_may_only_say_by_what_to_compare() -> None:
    with pytest.raises(ModelError, match="arg_max"):
        to_spark("select s from odd where (n, g) > (1, 2)")
