"""Take values out of a raw record; unknown forms are refused, never guessed."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from collectors.ads import EXACT, NOT_DISCLOSED, OPEN_RANGE, RANGE, Ad
from collectors.errors import UnreadableRecord

# A host name as an ad's caption shows it, with or without what follows.
_HOSTNAME = re.compile(
    r"(?:https?://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62})(?:[/:?#].*)?",
    re.IGNORECASE,
)
LARGEST = 2**62
LARGEST_AMOUNT = Decimal(10) ** 15


def optional_text(raw: dict[str, Any], key: str) -> str | None:
    """The text under `key`, taken out; None if absent or empty. Numbers become text."""
    value = raw.pop(key, None)
    if value is None or value == "":
        return None
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
    except InvalidOperation as error:
        raise UnreadableRecord(f"not an amount: {value!r:.40}") from error
    return number


def whole_number(value: Any) -> int:
    """A non-negative whole number, also when written as text."""
    try:
        number = Decimal(str(value))
        if not 0 <= number <= LARGEST or number != int(number):
            raise UnreadableRecord(f"not a count: {value!r:.40}")
    except InvalidOperation as error:
        raise UnreadableRecord(f"not a count: {value!r:.40}") from error
    return int(number)


def share(value: Any) -> float | None:
    """A share from 0 to 1, also when written as text; None if absent."""
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise UnreadableRecord(f"not a share: {value!r:.40}") from error
    if not 0 <= number <= 1:
        raise UnreadableRecord(f"not a share from 0 to 1: {value!r:.40}")
    return number


def hostname(caption: str) -> str | None:
    """The host name that a caption shows, in lower case; None if it shows none."""
    found = _HOSTNAME.fullmatch(caption.strip())
    return found[1].lower().removeprefix("www.") if found else None
