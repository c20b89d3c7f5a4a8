"""What keeps a select from running on Spark: everything not known to be the same there.

functions.csv lists the functions known to give the same rows, as sqlglot writes them
or by a rule, and those known not to. A function that is not listed is refused.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from analysis.models import nodes

FUNCTIONS = Path(__file__).parent / "functions.csv"
REFUSED = "refused"
# DuckDB's parse tree; what is not here has not been compared.
_EXPRESSIONS = {
    "COLUMN_REF",
    "VALUE_CONSTANT",
    "FUNCTION",
    "STAR",
    "CASE_EXPR",
    "CONJUNCTION_AND",
    "CONJUNCTION_OR",
    "COMPARE_EQUAL",
    "COMPARE_NOTEQUAL",
    "COMPARE_LESSTHAN",
    "COMPARE_GREATERTHAN",
    "COMPARE_LESSTHANOREQUALTO",
    "COMPARE_GREATERTHANOREQUALTO",
    "COMPARE_BETWEEN",
    "COMPARE_IN",
    "COMPARE_NOT_IN",
    "COMPARE_DISTINCT_FROM",
    "COMPARE_NOT_DISTINCT_FROM",
    "OPERATOR_NOT",
    "OPERATOR_IS_NULL",
    "OPERATOR_IS_NOT_NULL",
    "OPERATOR_COALESCE",
    "OPERATOR_CAST",
    "WINDOW_AGGREGATE",
    "WINDOW_ROW_NUMBER",
    "SUBQUERY",
}
_QUERIES = {"TABLE_FUNCTION", "PIVOT", "RECURSIVE_CTE_NODE", "LIMIT_MODIFIER"}
_JOINS = {"REGULAR", "CROSS"}
_OF_ANY_LENGTH = {"list_value", "struct_pack", "row", "least", "greatest"}
# A cast of these turns a fraction, or a day, into the same value on both engines.
_CASTS: dict[str, set[str | None]] = {
    "DATE": {"date_trunc", None},
    "BIGINT": {"sum"},
    "INTEGER": {"substr"},
}


@cache
def functions() -> dict[str, dict[str, str]]:
    """The rows of functions.csv by the function's name."""
    with FUNCTIONS.open(encoding="utf-8", newline="") as file:
        return {row["function"]: row for row in csv.DictReader(file)}


def refusals(sql: str) -> list[str]:
    """Why a select may not run on Spark; empty if it may."""
    tree = _parsed(sql)
    if tree["error"]:
        return [f"not a plain select: {tree['error_message']}"]
    found: set[str] = set()
    for node in nodes(tree["statements"]):
        found |= _refused(node) | _refused_shape(node)
    return sorted(found)


def _parsed(sql: str) -> dict[str, Any]:
    row = duckdb.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    tree: dict[str, Any] = json.loads(row[0])
    return tree


@cache
def _compared() -> set[tuple[str, int]]:
    """Functions and with how many arguments they stand in the examples."""
    examples = [_parsed(row["example"]) for row in functions().values()]
    return {
        (node["function_name"], len(node["children"]))
        for node in nodes(examples)
        if "function_name" in node
    }


def _refused(node: dict[str, Any]) -> set[str]:
    kind = node.get("type")
    if node.get("class") and kind not in _EXPRESSIONS:
        return {f"{str(kind).lower()}: not compared"}
    if kind == "OPERATOR_CAST":
        return _refused_cast(node)
    return _refused_function(node) if "function_name" in node else set()


def _refused_shape(node: dict[str, Any]) -> set[str]:
    """What is not an expression: kinds of joins and queries that were not compared."""
    told = {
        "a kind of query": str(node.get("type")) in _QUERIES,
        "a kind of join": node.get("ref_type", "REGULAR") not in _JOINS,
        "a sample": bool(node.get("sample")),
        "distinct on": bool(node.get("distinct_on_targets")),
        "grouping sets": len(node.get("group_sets") or ()) > 1,
        "qualify after a star": bool(node.get("qualify"))
        and any(column["type"] == "STAR" for column in node["select_list"]),
    }
    return {f"{what}: not compared" for what, is_so in told.items() if is_so}


def _refused_function(node: dict[str, Any]) -> set[str]:
    name = node["function_name"]
    if node.get("schema") not in ("", "main"):
        return {f"{node['schema']}.{name}: a macro, only DuckDB has it"}
    row = functions().get(name)
    if row is None:
        return {f"{name}: not compared; see functions.csv"}
    if row["spark"] == REFUSED:
        return {f"{name}: {row['reason']}"}
    count = len(node["children"])
    if name in _OF_ANY_LENGTH or (name, count) in _compared():
        return set()
    return {f"{name} of {count} arguments: not compared; add an example"}


def _refused_cast(node: dict[str, Any]) -> set[str]:
    if node["child"]["class"] == "CONSTANT":
        return set()
    target = node["cast_type"]["id"]
    said = node["child"].get("function_name")
    if said in _CASTS.get(target, ()):
        return set()
    return {f"cast to {target.lower()}: rounding and spelling differ"}
