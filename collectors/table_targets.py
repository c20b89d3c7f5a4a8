"""The rows of a mapped table, and the targets that they name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from collectors.errors import UnreadableRecord
from collectors.protocol import RawRecord
from collectors.reading import MissingField, optional_text, target

# All rows of one ad, where the table has a row for each of its targets.
ROWS = "\0rows"
# How tables write yes and no; whatever else stops the record.
TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "1", "1.0"), True),
    **dict.fromkeys(("false", "f", "no", "0", "0.0"), False),
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

    def __init__(self, columns: dict[str, Any], nulls: set[str]) -> None:
        """The row of `columns`, in which `nulls` stand for nothing."""
        self._values = {
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
        """The same as text."""
        text = optional_text({column: self.value(column)}, column)
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
    values = parts(row.text(spec["column"]), spec.get("separator"))
    # A choice on offer that no ad has made: "Women, 0 ads".
    if "count_column" in spec and row.text(spec["count_column"]) == "0":
        return []
    return [target(kind, value, place_kind, is_excluded) for value in values]


def _truth(value: Any) -> bool | None:
    """Yes or no as the table writes it; None where it does not say."""
    if value is None or str(value).strip() == "":
        return None
    known = TRUTHS.get(str(value).strip().lower())
    if known is None:
        raise UnreadableRecord(f"neither yes nor no: {value!r:.40}")
    return known


def parts(text: str | None, separator: str | None) -> list[str]:
    """The parts of a cell, without blanks and empty ones."""
    parts = [text or ""] if separator is None else (text or "").split(separator)
    return [part.strip() for part in parts if part.strip()]
