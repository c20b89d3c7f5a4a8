"""What a newsroom may set: the table [reports] of adwatch.toml."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reports.errors import ReportError

FILE = Path("adwatch.toml")


@dataclass(frozen=True)
class Settings:
    """The settings of reports, each with what holds where nothing is said."""

    reviewed_only: bool = False
    name_from_ads: int = 3
    never_name: tuple[str, ...] = ()
    always_name: tuple[str, ...] = ()
    corrections_contact: str = ""


def read_settings(path: Path = FILE) -> Settings:
    """The settings in the file at `path`; the defaults where it or they are missing.

    Raises:
        ReportError: the file cannot be read, or holds a wrong setting.
    """
    if not path.is_file():
        return Settings()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("reports", {})
    except tomllib.TOMLDecodeError as error:
        raise ReportError(f"{path}: {error}") from error
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in found.items():
        if name not in known:
            raise ReportError(
                f"{path}: [reports] {name} is no setting; these are: {', '.join(known)}"
            )
        found[name] = checked(path, name, value, known[name])
    return Settings(**found)


def checked(path: Path, name: str, value: Any, kind: type) -> Any:
    """A setting's value in its type.

    Raises:
        ReportError: it is of another type.
    """
    if kind is tuple:
        is_right = type(value) is list and all(type(item) is str for item in value)
    else:
        is_right = type(value) is kind
    if not is_right:
        shown = "list of texts" if kind is tuple else kind.__name__
        raise ReportError(f"{path}: [reports] {name} must be a {shown}, not {value!r}")
    return tuple(value) if kind is tuple else value
