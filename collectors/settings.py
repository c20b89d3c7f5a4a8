"""What to collect, as `adwatch.toml` says it: one table per library.

Each library's module has its own dataclass of settings; its fields are the keys that
the table may have, and their types are what the values must be.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from collectors.errors import SettingsError

S = TypeVar("S", bound="LibrarySettings")


@dataclass(frozen=True, kw_only=True)
class LibrarySettings:
    """What every library can be told."""

    # A ceiling to stay polite below the library's own limits; 0 is none.
    requests_per_minute: int = 60

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        if self.requests_per_minute < 0:
            return "requests_per_minute must not be negative"
        since, until = getattr(self, "since", None), getattr(self, "until", None)
        if since and until and until < since:
            return "until lies before since"
        return None


def between(
    settings: S, since: date | None, until: date | None, is_strict: bool = True
) -> S:
    """The same settings for other dates; None leaves a date as it is.

    Without `is_strict` a library that cannot be asked for dates is left as it is.

    Raises:
        SettingsError: the library cannot be asked for dates.
    """
    dates: dict[str, Any] = {
        name: day
        for name, day in (("since", since), ("until", until))
        if day is not None
    }
    known = {field.name for field in fields(settings)}
    unknown = sorted(dates.keys() - known)
    if unknown and is_strict:
        raise SettingsError(f"this library has no dates: leave out --{unknown[0]}")
    changed: S = replace(settings, **{k: d for k, d in dates.items() if k in known})
    if problem := changed.problem():
        raise SettingsError(problem)
    return changed


def read_settings(
    path: Path, kinds: Mapping[str, type[LibrarySettings]]
) -> dict[str, LibrarySettings]:
    """Settings per library, in the order of the file.

    Raises:
        SettingsError: the file is not TOML, or a table, key or value is not usable.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    tables.pop("reports", None)  # what a report shows is no matter of collection
    for name in tables:
        if name not in kinds:
            raise SettingsError(
                f"{path}: unknown library [{name}]; known: {', '.join(kinds)}"
            )
    return {
        name: settings_of(f"{path} [{name}]", table, kinds[name])
        for name, table in tables.items()
    }


def settings_of(place: str, table: Any, kind: type[S]) -> S:
    """The settings that one table gives.

    Raises:
        SettingsError: a key is unknown or missing, or a value is not usable.
    """
    if not isinstance(table, dict):
        raise SettingsError(f"{place}: must be a table")
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind)]
    for key in table:
        if key not in known:
            raise SettingsError(
                f"{place}: unknown key {key}; known: {', '.join(known)}"
            )
    for field in fields(kind):
        if field.default is MISSING and field.name not in table:
            raise SettingsError(f"{place}: {field.name} is missing")
    settings = kind(
        **{key: _value(f"{place}: {key}", hints[key], v) for key, v in table.items()}
    )
    if problem := settings.problem():
        raise SettingsError(f"{place}: {problem}")
    return settings


def _value(place: str, hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if get_origin(hint) is tuple:
        kind = get_args(hint)[0]
        if not isinstance(value, list):
            raise SettingsError(f"{place} must be a list")
        if not all(type(item) is kind and item != "" for item in value):
            raise SettingsError(f"{place} must be a list of {_WORDS[kind]}")
        return tuple(value)
    if type(value) is not hint or value == "":
        raise SettingsError(f"{place} must be a {_WORDS.get(hint, hint.__name__)}")
    return value


_WORDS = {
    str: "non-empty text",
    int: "whole number",
    date: "date",
    bool: "true or false",
}
