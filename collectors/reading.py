"""Take values out of a raw record; unknown forms are refused, never guessed."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from collectors.ads import EXACT, NOT_DISCLOSED, OPEN_RANGE, RANGE, Ad
from collectors.errors import SourceChanged, UnreadableRecord
from collectors.protocol import RawRecord

# A host name as an ad's caption shows it, with or without what follows.
_HOSTNAME = re.compile(
    r"(?:https?://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62})(?:[/:?#].*)?",
    re.IGNORECASE,
)
LARGEST = 2**62
LARGEST_AMOUNT = Decimal(10) ** 15
COUNTRIES = Path(__file__).parent.parent / "seeds" / "countries.csv"


class MissingField(UnreadableRecord):
    """A field that every record had is not there: the library changed."""


def object_records(page: Any, key: str) -> Iterator[RawRecord]:
    """The objects in the list under `key` of one answer, in the library's order.

    Raises:
        SourceChanged: the answer has no such list.
    """
    values = page.get(key) if isinstance(page, dict) else None
    if not isinstance(values, list):
        raise SourceChanged(
            f"the answer has no list '{key}'; the library changed, see "
            "collectors/README.md"
        )
    for number, value in enumerate(values, 1):
        place = f"record {number}"
        if value == {}:
            # Old answers hold empty objects where an ad was taken out (seen 2019).
            continue
        if isinstance(value, dict):
            yield RawRecord(place, value)
        else:
            yield RawRecord(place, {}, "not an object")


def required_text(raw: dict[str, Any], key: str) -> str:
    """The text under `key`, taken out.

    Raises:
        MissingField: there is no such key.
        UnreadableRecord: it is empty or no text.
    """
    if key not in raw:
        raise MissingField(f"required field '{key}' is missing")
    value = optional_text(raw, key)
    if value is None:
        raise UnreadableRecord(f"'{key}' is empty")
    return value


@cache
def _country_codes() -> dict[str, str]:
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["country_name"].lower(): row["country_code"] for row in rows}


def country_code(name: str) -> str:
    """The ISO code of an English country name in any case (seeds/countries.csv)."""
    code = _country_codes().get(name.strip().lower())
    if code is None:
        raise UnreadableRecord(
            f"unknown country {name!r:.60}; add it to seeds/countries.csv"
        )
    return code


def measure(name: str, low: Any, high: Any) -> Ad:
    """`<name>_min`, `_max` and `_disclosure`; a high of None is an open end.

    Both None is not disclosed.
    """
    if low is None:
        return bounded(name, None)
    bounds = {"lower_bound": low} | ({} if high is None else {"upper_bound": high})
    return bounded(name, bounds)


def target(
    kind: str,
    value: str | None,
    place_kind: str | None = None,
    is_excluded: bool | None = False,
) -> dict[str, Any]:
    """One choice of the advertiser; `is_excluded` is None where that is not told."""
    return {
        "kind": kind,
        "value": value,
        "place_kind": place_kind,
        "is_excluded": is_excluded,
    }


def optional_text(raw: dict[str, Any], key: str) -> str | None:
    """The text under `key`, taken out; None if absent or empty. Numbers become text."""
    value = raw.pop(key, None)
    if value is None or value == "":
        return None
    if type(value) is str:  # nearly always; every value of every record comes by here
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableRecord(f"'{key}' is not a text")
    return str(value)


def texts(
    raw: dict[str, Any], key: str, old_key: str | None = None
) -> list[str] | None:
    """The list of texts under `key`, or the single text under `old_key`; taken out."""
    values = raw.pop(key, None)
    single = raw.pop(old_key, None) if old_key else None
    if values is None:
        values = [] if single is None else [single]
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise UnreadableRecord(f"'{key}' is not a list of texts")
    return values or None


def optional_list(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The list of objects under `key`, taken out; empty if absent."""
    values = raw.pop(key, None) or []
    if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
        raise UnreadableRecord(f"'{key}' is not a list of objects")
    return values


def optional_date(raw: dict[str, Any], key: str) -> date | None:
    """The day under `key`, taken out; of a full timestamp the day in its own zone."""
    value = raw.pop(key, None)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except (TypeError, ValueError) as error:
        raise UnreadableRecord(f"'{key}' is not a date: {value!r:.40}") from error


def bounded(name: str, bounds: Any) -> Ad:
    """`<name>_min`, `_max` and `_disclosure` of {"lower_bound", "upper_bound"}.

    Absent bounds are not disclosed; an absent upper bound stays open (null).
    """
    if bounds is None:
        low = high = None
        disclosure = NOT_DISCLOSED
    elif isinstance(bounds, dict) and "lower_bound" in bounds:
        low = amount(bounds["lower_bound"])
        high = amount(bounds["upper_bound"]) if "upper_bound" in bounds else None
        disclosure = OPEN_RANGE if high is None else EXACT if low == high else RANGE
        if high is not None and high < low:
            raise UnreadableRecord(f"{name}: upper bound {high} below lower {low}")
    else:
        raise UnreadableRecord(f"{name}: no 'lower_bound'")
    return {
        f"{name}_min": low if name == "spend" else _whole(low),
        f"{name}_max": high if name == "spend" else _whole(high),
        f"{name}_disclosure": disclosure,
    }


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else whole_number(value)


def amount(value: Any) -> Decimal:
    """A non-negative amount with at most two decimals."""
    try:
        number = Decimal(str(value))
        if not 0 <= number <= LARGEST_AMOUNT or number != round(number, 2):
            raise UnreadableRecord(f"not an amount: {value!r:.40}")
    except (InvalidOperation, ValueError) as error:
        raise UnreadableRecord(f"not an amount: {value!r:.40}") from error
    # 1e3 is a thousand in any file, but no column takes a positive exponent.
    return number.quantize(Decimal(1)) if number == int(number) else number


def whole_number(value: Any) -> int:
    """A non-negative whole number, also when written as text."""
    try:
        number = Decimal(str(value))
        if not 0 <= number <= LARGEST or number != int(number):
            raise UnreadableRecord(f"not a count: {value!r:.40}")
    except (InvalidOperation, ValueError) as error:
        raise UnreadableRecord(f"not a count: {value!r:.40}") from error
    return int(number)


def share(value: Any) -> float | None:
    """A share from 0 to 1, also when written as text or percent; None if absent."""
    if value is None:
        return None
    try:
        percent = isinstance(value, str) and value.rstrip().endswith("%")
        number = float(value.rstrip(" %")) / 100 if percent else float(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRecord(f"not a share: {value!r:.40}") from error
    if not 0 <= number <= 1:
        raise UnreadableRecord(f"not a share from 0 to 1: {value!r:.40}")
    return number


def hostname(caption: str) -> str | None:
    """The host name that a caption shows, in lower case; None if it shows none."""
    found = _HOSTNAME.fullmatch(caption.strip())
    return found[1].lower().removeprefix("www.") if found else None
