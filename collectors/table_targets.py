"""The rows of a mapped table, and the targets that they name."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from collectors.errors import UnreadableRecord
from collectors.protocol import RawRecord
from collectors.reading import MissingField, optional_text, target

# All rows of one ad, where the table has a row for each of its targets.
ROWS = "\0rows"
LONGEST_LITERAL = 200_000
# Beyond it a float no longer is the number that was written.
EXACT_FLOATS = 2**53
# How tables write yes and no; whatever else stops the record.
TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1", "1.0", "excluded"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0", "0.0", "included"), False),
}


def gathered(
    records: Iterator[RawRecord], mapping: dict[str, Any]
) -> Iterator[RawRecord]:
    """One record per ad of a table that has a row per target; held in memory.

    Rows of one ad that differ in a mapped field make versions of their own.
    """
    columns = [mapping["ad_id"]]
    for field in mapping.get("fields", {}).values():
        spec = {"column": field} if isinstance(field, str) else field
        columns += [spec[key] for key in ("column", "min", "max") if key in spec]
    found: dict[str, RawRecord] = {}
    for record in records:
        if record.problem:
            yield record
            continue
        key = repr([record.raw.get(column) for column in columns])
        first = found.setdefault(key, replace(record, raw={**record.raw, ROWS: []}))
        first.raw[ROWS].append(record.raw)
    yield from found.values()


class Row:
    """The values of a row, and which of them were read."""

    def __init__(self, columns: dict[str, Any], mapping: dict[str, Any]) -> None:
        """The row of `columns`, read with the mapping's words for nothing."""
        nulls = set(mapping.get("null_values", [""]))
        self._values = dict.fromkeys(mapping.get("optional", [])) | {
            name: None if isinstance(value, str) and value in nulls else value
            for name, value in columns.items()
        }
        self.read: set[str] = set()

    def value(self, column: str) -> Any:
        """What the column holds; None for one of the table's words for nothing."""
        if column not in self._values:
            raise MissingField(f"required field '{column}' is missing")
        self.read.add(column)
        return self._values[column]

    def text(self, column: str) -> str | None:
        """The same as text; a count that a Parquet file keeps as 3.0 is 3."""
        value = self.value(column)
        if isinstance(value, float) and abs(value) < EXACT_FLOATS:
            value = int(value) if value.is_integer() else str(value)
        text = optional_text({column: value}, column)
        return text if text and text.strip() else None


def targeting(
    specs: list[dict[str, Any]], rows: list[Row]
) -> list[dict[str, Any]] | None:
    """What the targets' columns of all rows of an ad say, each choice once."""
    chosen: list[dict[str, Any]] = []
    for row in rows:
        for spec in specs:
            chosen += [each for each in _targets(spec, row) if each not in chosen]
    return chosen or None


def _targets(spec: dict[str, Any], row: Row) -> list[dict[str, Any]]:
    kind = spec.get("kind") or (row.text(spec["kind_column"]) or "unknown").lower()
    place_kind = spec.get("place_kind")
    if "place_kind_column" in spec:
        place_kind = row.text(spec["place_kind_column"])
    is_excluded = spec.get("is_excluded", False)
    if "is_excluded_column" in spec:
        is_excluded = _truth(row.value(spec["is_excluded_column"]))
    value = row.value(spec["column"])
    # A choice on offer that no ad has made: "Women, 0 ads".
    if "count_column" in spec and row.text(spec["count_column"]) in ("0", "0.0"):
        return []
    if isinstance(value, list) or str(value).lstrip().startswith("["):
        return [_listed(each, kind, place_kind, is_excluded) for each in as_list(value)]
    marker = spec.get("excluded_after")
    chosen, _, left_out = (row.text(spec["column"]) or "").partition(marker or "\0")
    separator = spec.get("separator")
    return [
        target(kind, part, place_kind, is_excluded) for part in parts(chosen, separator)
    ] + [target(kind, part, place_kind, True) for part in parts(left_out, separator)]


def _listed(
    value: Any, kind: str, place_kind: str | None, is_excluded: bool | None
) -> dict[str, Any]:
    """One of a list of choices: a text, or an object as Meta's API writes places."""
    if isinstance(value, str):
        return target(kind, value.strip() or None, place_kind, is_excluded)
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise UnreadableRecord(f"neither a text nor a named place: {value!r:.40}")
    told = _truth(value["excluded"]) if "excluded" in value else is_excluded
    return target(
        kind, value["name"], optional_text(dict(value), "type") or place_kind, told
    )


def as_list(value: Any) -> list[Any]:
    """The values of a list, also of one that a cell spells out."""
    values = literal(value)
    if not isinstance(values, list):
        raise UnreadableRecord(f"not a list: {value!r:.40}")
    return values


def _truth(value: Any) -> bool | None:
    """Yes or no as the table writes it; None where it does not say."""
    if value is None or str(value).strip() == "":
        return None
    known = TRUTHS.get(str(value).strip().lower())
    if known is None:
        raise UnreadableRecord(f"neither yes nor no: {value!r:.40}")
    return known


def literal(value: Any) -> Any:
    """The value that a cell spells out, as JSON or as Python writes it.

    Raises:
        UnreadableRecord: it is neither.
    """
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_LITERAL:
        raise UnreadableRecord(f"a cell of {len(value)} characters")
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise UnreadableRecord(f"neither JSON nor a literal: {value!r:.40}") from error


def parts(text: str | None, separator: str | None) -> list[str]:
    """The parts of a cell, without blanks and empty ones."""
    parts = [text or ""] if separator is None else (text or "").split(separator)
    return [part.strip() for part in parts if part.strip()]
