"""What to collect, as `adwatch.toml` says it."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from collectors.errors import SettingsError

TYPES: dict[str, type] = {
    "countries": list,
    "search_terms": list,
    "since": date,
    "until": date,
    "page_size": int,
    "api_version": str,
    "base_url": str,
}


@dataclass(frozen=True)
class Settings:
    """What to ask one library for; `until` None means to the day of the run."""

    countries: tuple[str, ...]
    search_terms: tuple[str, ...] = ("*",)
    since: date = date(2024, 12, 1)
    until: date | None = None
    page_size: int = 100
    api_version: str = "v23.0"
    base_url: str = "https://graph.facebook.com"

    def between(self, since: date | None, until: date | None) -> "Settings":
        """The same settings for other delivery dates; None leaves a date as it is."""
        return replace(self, since=since or self.since, until=until or self.until)


def read_settings(path: Path) -> dict[str, Settings]:
    """Settings per library, in the order of the file.

    Raises:
        SettingsError: the file is not TOML, or a key or value is not usable.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return {
        library: _settings(f"{path} [{library}]", table)
        for library, table in tables.items()
    }


def _settings(place: str, table: Any) -> Settings:
    if not isinstance(table, dict):
        raise SettingsError(f"{place}: must be a table")
    for key, value in table.items():
        if key not in TYPES:
            raise SettingsError(
                f"{place}: unknown key {key}; known: {', '.join(TYPES)}"
            )
        if type(value) is not TYPES[key]:
            raise SettingsError(f"{place}: {key} must be a {TYPES[key].__name__}")
    for key in ("countries", "search_terms"):
        _check_words(f"{place}: {key}", table.get(key, ["*"]))
    if "countries" not in table:
        raise SettingsError(f'{place}: countries is missing, for example ["AZ"]')
    words = {
        key: tuple(table[key]) for key in ("countries", "search_terms") if key in table
    }
    settings = Settings(**{**table, **words})
    if settings.until and settings.until < settings.since:
        raise SettingsError(f"{place}: until lies before since")
    if not 1 <= settings.page_size <= 5000:
        raise SettingsError(f"{place}: page_size must be from 1 to 5000")
    return settings


def _check_words(place: str, words: list[Any]) -> None:
    if not words or not all(isinstance(word, str) and word for word in words):
        raise SettingsError(f"{place} must be a list of non-empty texts")
