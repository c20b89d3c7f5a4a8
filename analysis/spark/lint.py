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
# A cast of these turns a fraction, or a day, into the same value on both engines.
_CASTS = {
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
    row = duckdb.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    found: set[str] = set()
    for node in nodes(json.loads(row[0])["statements"]):
        found |= _refused(node)
    return sorted(found)


def _refused(node: dict[str, Any]) -> set[str]:
    kind = node.get("type")
    if node.get("class") and kind not in _EXPRESSIONS:
        return {f"{str(kind).lower()}: not compared"}
    if kind in ("TABLE_FUNCTION", "PIVOT"):
        return {f"{str(kind).lower()}: not compared"}
    if kind == "OPERATOR_CAST":
        return _refused_cast(node)
    return _refused_function(node) if "function_name" in node else set()


def _refused_function(node: dict[str, Any]) -> set[str]:
    name = node["function_name"]
    if node.get("schema") not in ("", "main"):
        return {f"{node['schema']}.{name}: a macro, only DuckDB has it"}
    row = functions().get(name)
    if row is None:
        return {f"{name}: not compared; see functions.csv"}
    return {f"{name}: {row['reason']}"} if row["spark"] == REFUSED else set()


def _refused_cast(node: dict[str, Any]) -> set[str]:
    if node["child"]["class"] == "CONSTANT":
        return set()
    target = node["cast_type"]["id"]
    said = node["child"].get("function_name")
    if said in _CASTS.get(target, ()):
        return set()
    return {f"cast to {target.lower()}: rounding and spelling differ"}
