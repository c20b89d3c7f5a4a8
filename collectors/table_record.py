"""One row of a mapped table as an ad record."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from collectors.ads import AD_SCHEMA, RUN_FIELDS, TEXTS, Ad, version_hash
from collectors.errors import UnreadableRecord
from collectors.reading import (
    amount,
    bounded,
    hostname,
    measure,
    optional_date,
    optional_text,
    share,
    whole_number,
)
from collectors.table_targets import ROWS, Row, literal, parts, targeting

NAME = "table"
MEASURES = ("reach", "impressions", "audience_size", "spend")
KEYS = {
    "name", "title", "format", "encoding", "null_values", "ad_id",
    "fields", "constants", "targets", "ignored", "optional", "has_row_per_target",
}  # fmt: skip
LISTS: dict[str, type] = {
    "null_values": str, "ignored": str, "optional": str, "targets": dict,
}  # fmt: skip


def mapping_problem(mapping: dict[str, Any]) -> str | None:
    """What is wrong with a mapping; None if nothing."""
    if unknown := sorted(mapping.keys() - KEYS):
        return f"unknown key {unknown[0]}; known: {', '.join(sorted(KEYS))}"
    for key in ("name", "ad_id"):
        if not isinstance(mapping.get(key), str):
            return f"{key} is missing"
    for key, kind in LISTS.items():
        if not _is_list_of(kind, mapping.get(key, [])):
            return f"{key} must be a list of {'texts' if kind is str else 'tables'}"
    for key in ("fields", "constants"):
        if not isinstance(mapping.get(key, {}), dict):
            return f"[{key}] must be a table"
    known = {*AD_SCHEMA.names, *MEASURES} - RUN_FIELDS - {"library", "ad_id"}
    for name, field in mapping.get("fields", {}).items():
        if name not in known:
            return f"[fields] {name} is no field of the ad record"
        if problem := _field_problem(name, field):
            return f"[fields] {name}: {problem}"
    for name, value in mapping.get("constants", {}).items():
        if name not in known - {*MEASURES}:
            return f"[constants] {name} is no field of the ad record"
        try:
            pa.scalar(value, AD_SCHEMA.field(name).type)
        except (pa.ArrowException, ValueError, TypeError, AttributeError) as error:
            return f"[constants] {name} is of another type: {error}"
    for entry in mapping.get("targets", []):
        if "column" not in entry or not {"kind", "kind_column"} & entry.keys():
            return "[[targets]] needs column, and kind or kind_column"
        told = {name: value for name, value in entry.items() if name != "is_excluded"}
        if not all(isinstance(value, str) and value for value in told.values()):
            return "[[targets]] every value but is_excluded must be a text"
        if not isinstance(entry.get("is_excluded", False), bool):
            return "[[targets]] is_excluded must be true or false"
    return None


def _is_list_of(kind: type, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _field_problem(name: str, field: Any) -> str | None:
    spec = {"column": field} if isinstance(field, str) else field
    if not isinstance(spec, dict):
        return "must name a column, or be a table"
    if not all(isinstance(value, str) and value for value in spec.values()):
        return "every value must be a text"
    if "column" not in spec and not (
        name in MEASURES and {"min", "max"} <= spec.keys()
    ):
        return "names no column"
    form = spec.get("form", _default_form(name))
    if form not in FORMS:
        return f"unknown form {form}; known: {', '.join(FORMS)}"
    if name in MEASURES:
        return None if form in ("text", "range") else f"has not the form {form}"
    kind = AD_SCHEMA.field(name).type
    fits = {
        "date": pa.types.is_date(kind),
        "range": False,
        "region_shares": name == "delivery_regions",
        "person_shares": name == "delivery_demographics",
        "text": pa.types.is_string(kind),
        "host": pa.types.is_string(kind),
    }
    return None if fits.get(form, kind == TEXTS) else f"has not the form {form}"


def _default_form(name: str) -> str:
    if name.endswith("_texts") or name == "creative_urls":
        return "single"
    return "date" if name.endswith("_date") else "text"


def ad(raw: dict[str, Any], mapping: dict[str, Any]) -> Ad:
    """The ad record of one row, read as `mapping` says; takes what it reads out.

    Raises:
        MissingField: the id's column, or a mapped one, is not in the table.
        UnreadableRecord: a value has another form than the mapping says.
    """
    columns = dict(raw)
    raw.clear()
    rows = [Row(each, mapping) for each in columns.pop(ROWS, [columns])]
    row = rows[0]
    raw_id = row.text(mapping["ad_id"])
    if raw_id is None:
        raise UnreadableRecord(f"'{mapping['ad_id']}' is empty")
    record: Ad = {"library": NAME, "ad_id": f"{NAME}:{mapping['name']}:{raw_id}"}
    for name in MEASURES:
        record |= measure(name, None, None)
    record |= mapping.get("constants", {})
    for name, field in mapping.get("fields", {}).items():
        spec = {"column": field} if isinstance(field, str) else field
        record |= _field(name, spec, row)
    record["targeting"] = targeting(mapping.get("targets", []), rows)
    record["version_hash"] = version_hash(record)
    unread = columns.keys() - row.read - set(mapping.get("ignored", []))
    raw.update({name: columns[name] for name in unread})
    return record


def _field(name: str, spec: dict[str, Any], row: Row) -> Ad:
    if name in MEASURES:
        return _measure(name, spec, row)
    return {name: FORMS[spec.get("form", _default_form(name))](row, spec)}


def _measure(name: str, spec: dict[str, Any], row: Row) -> Ad:
    number = amount if name == "spend" else whole_number
    if spec.get("form") == "range":
        return bounded(name, literal(row.value(spec["column"])))
    if "min" in spec:
        low, high = row.text(spec["min"]), row.text(spec["max"])
    else:
        low = high = row.text(spec["column"])
    return measure(
        name, low and number(low), high and number(high) if high is not None else None
    )


def _list(row: Row, spec: dict[str, Any]) -> list[str] | None:
    values = literal(row.value(spec["column"])) or []
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise UnreadableRecord(f"'{spec['column']}' is not a list of texts")
    return values or None


def _split(row: Row, spec: dict[str, Any]) -> list[str] | None:
    return parts(row.text(spec["column"]), spec.get("separator", ",")) or None


def _single(row: Row, spec: dict[str, Any]) -> list[str] | None:
    text = row.text(spec["column"])
    return [text] if text else None


def _text(row: Row, spec: dict[str, Any]) -> str | None:
    text = row.text(spec["column"])
    return f"{spec['prefix']}{text}" if text and "prefix" in spec else text


def _date(row: Row, spec: dict[str, Any]) -> date | None:
    value = row.value(spec["column"])
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if "pattern" not in spec:
        return optional_date({"day": value}, "day")
    try:
        return datetime.strptime(str(value), spec["pattern"]).date()
    except ValueError as error:
        raise UnreadableRecord(f"not a date: {value!r:.40}") from error


def _host(row: Row, spec: dict[str, Any]) -> str | None:
    values = literal_or_text(row.value(spec["column"]))
    return next(filter(None, (hostname(v) for v in values)), None)


def literal_or_text(value: Any) -> list[str]:
    """The texts of a cell that holds a list of texts or one text."""
    if isinstance(value, str) and value.startswith("["):
        value = literal(value)
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _shares(row: Row, spec: dict[str, Any]) -> list[dict[str, Any]]:
    entries = literal(row.value(spec["column"])) or []
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise UnreadableRecord(f"'{spec['column']}' is not a list of objects")
    return entries


def _region_shares(row: Row, spec: dict[str, Any]) -> list[dict[str, Any]] | None:
    return [
        {
            "region_name": optional_text(dict(entry), "region"),
            "delivery_share": share(entry.get("percentage")),
        }
        for entry in _shares(row, spec)
    ] or None


def _person_shares(row: Row, spec: dict[str, Any]) -> list[dict[str, Any]] | None:
    return [
        {
            "country_code": None,
            "age_range": optional_text(dict(entry), "age"),
            "gender": optional_text(dict(entry), "gender"),
            "reach_count": None,
            "delivery_share": share(entry.get("percentage")),
        }
        for entry in _shares(row, spec)
    ] or None


FORMS: dict[str, Callable[[Row, dict[str, Any]], Any]] = {
    "text": _text,
    "single": _single,
    "list": _list,
    "split": _split,
    "date": _date,
    "host": _host,
    "region_shares": _region_shares,
    "person_shares": _person_shares,
    # Read by _measure, named here so that a mapping may say it.
    "range": lambda row, spec: literal(row.value(spec["column"])),
}
