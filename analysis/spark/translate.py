"""DuckDB's SQL as Spark's: sqlglot, and rules for what it would change silently.

functions.csv names each function beside an example that tests run on both engines:
`same` where sqlglot's translation is right, a template of Spark's SQL, or a rule below.
"""

from collections.abc import Callable

import sqlglot
from sqlglot import exp

from analysis.errors import ModelError
from analysis.spark.lint import REFUSED, functions

_Said = str | None


class Untranslatable(ModelError):
    """A select that has no translation known to give the same rows."""


def to_spark(sql: str) -> str:
    """The select in Spark's SQL; `lint.refusals` must have found nothing in it.

    Raises:
        Untranslatable: sqlglot cannot read it, or a rule has no answer.
    """
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        for union in tree.find_all(exp.SetOperation):
            _match_columns(union)
        for select in tree.find_all(exp.Select):
            if select.args.get("qualify") and select.args.get("windows"):
                raise Untranslatable("a named window beside qualify: write it out")
        # From the leaves up: a rule builds on what stands inside its expression.
        for node in reversed(list(tree.bfs())):
            said = _said_in_spark(node)
            if said is not None:
                node.replace(sqlglot.parse_one(said, read="spark"))
        return str(
            tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
        )
    except sqlglot.errors.SqlglotError as error:
        raise Untranslatable(str(error).partition("\n")[0]) from error


def _match_columns(union: exp.SetOperation) -> None:
    """Spark puts columns together by their place, `by name` by their names."""
    sides = [side.named_selects for side in (union.left, union.right)]
    if union.args.get("by_name") and sides[0] != sides[1]:
        raise Untranslatable("union by name: write the columns in the same order")
    union.set("by_name", False)


def _said_in_spark(node: exp.Expression) -> _Said:
    if rule := _RULES.get(type(node)):
        return rule(node)
    template = _templates().get(node.key)
    if template is None:
        return None
    parts = {name: part for name, part in node.args.items() if part is not None}
    return template.format(**{name: _sql(part) for name, part in parts.items()})


def _templates() -> dict[str, str]:
    """Templates of functions.csv by sqlglot's name for the function."""
    return {
        row["node"]: row["spark"]
        for row in functions().values()
        if row["node"] and row["spark"] not in ("same", "rule", REFUSED)
    }


def _sql(part: object) -> str:
    return part.sql(dialect="spark") if isinstance(part, exp.Expression) else str(part)


def _list(node: exp.Expression, condition: str = "") -> _Said:
    """`list(x order by k)` with its nulls, and null where there are no rows."""
    if isinstance(node.parent, exp.Filter) and not condition:
        return None
    value, orders = node.this, []
    if isinstance(value, exp.Order):
        value, orders = value.this, value.expressions
    collect = "collect_list"
    if isinstance(value, exp.Distinct):
        value, collect = value.expressions[0], "collect_set"
    keys = [f"{_sql(order.this)} as k{place}" for place, order in enumerate(orders)]
    said = f"{collect}(struct({', '.join([f'{_sql(value)} as x', *keys])}))"
    if condition:
        said += f" filter (where {condition})"
    said = f"nullif({said}, array())"
    if orders:
        said = f"array_sort({said}, (a, b) -> {_comparison(orders)})"
    return f"transform({said}, one -> one.x)"


def _comparison(orders: list[exp.Expression]) -> str:
    """DuckDB's order of structs a and b by their keys k0, k1...: nulls come last."""
    cases = []
    for place, order in enumerate(orders):
        first, second = (1, -1) if order.args.get("desc") else (-1, 1)
        a, b = f"a.k{place}", f"b.k{place}"
        cases += [
            f"when {a} is null and {b} is not null then 1",
            f"when {a} is not null and {b} is null then -1",
            f"when {a} < {b} then {first}",
            f"when {a} > {b} then {second}",
        ]
    return f"case {' '.join(cases)} else 0 end"


def _joined(node: exp.Expression, condition: str = "") -> _Said:
    """`string_agg(x, ',' order by k)`: the list of it, joined; nulls are left out."""
    said = _list(exp.ArrayAgg(this=node.this.copy()), condition or "true")
    return f"array_join({said}, {_sql(node.args['separator'])})"


def _at_extreme(node: exp.Expression, condition: str = "") -> _Said:
    """`arg_max(x, k)`: rows whose x is null do not count."""
    if isinstance(node.parent, exp.Filter) and not condition:
        return None
    name = "max_by" if isinstance(node, exp.ArgMax) else "min_by"
    value = _sql(node.this)
    kept = f"{value} is not null" + (f" and ({condition})" if condition else "")
    return f"{name}({value}, {_sql(node.expression)}) filter (where {kept})"


def _filtered(node: exp.Expression) -> _Said:
    """An aggregate with a filter, where the aggregate itself has a rule."""
    rule = _AGGREGATES.get(type(node.this))
    return rule(node.this, _sql(node.expression.this)) if rule else None


def _row(node: exp.Expression) -> _Said:
    """A row to compare by: a null in it comes last, as the greatest."""
    if isinstance(node.parent, exp.In):
        return None
    if not isinstance(node.parent, (exp.ArgMax, exp.ArgMin)):
        raise Untranslatable("row: only to say by what arg_min and arg_max compare")
    parts = map(_sql, node.expressions)
    return f"struct({', '.join(f'{part} is null, {part}' for part in parts)})"


def _as_it_is(node: exp.Expression) -> _Said:
    """Without the `ignore nulls` that sqlglot adds to any_value: its rule does so."""
    return _sql(node.this)


def _unnested(node: exp.Expression) -> _Said:
    return f"explode({_sql(node.this)})"


_AGGREGATES: dict[type, Callable[..., _Said]] = {
    exp.ArrayAgg: _list,
    exp.GroupConcat: _joined,
    exp.ArgMax: _at_extreme,
    exp.ArgMin: _at_extreme,
}
_RULES: dict[type, Callable[[exp.Expression], _Said]] = {
    **_AGGREGATES,
    exp.Filter: _filtered,
    exp.Tuple: _row,
    exp.Explode: _unnested,
    exp.IgnoreNulls: _as_it_is,
}
