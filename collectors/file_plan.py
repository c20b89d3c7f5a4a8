"""The plan of libraries that are files: one query per file or address."""

import glob
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from collectors.bundles import is_address
from collectors.plan import Query, identity
from collectors.settings import LibrarySettings

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, kw_only=True)
class FileSettings(LibrarySettings):
    """Files a person saved, as paths, patterns (reports/*.zip) or addresses."""

    files: tuple[str, ...] = ()


def file_queries(
    sources: Iterable[str], reason: str, reading: dict[str, Any] | None = None
) -> list[Query]:
    """One query per source, named after its file; patterns are expanded, sorted.

    A file of the same name in a later run counts as a repeat of the query.
    """
    found: list[Query] = []
    for source in _expanded(sources):
        name = PurePath(source.partition("?")[0]).name
        query_id = _UNSAFE.sub("_", name)[:100] or "file"
        same = sum(query.params["file"] == name for query in found)
        found.append(
            Query(
                query_id=f"{query_id}-{same + 1}" if same else query_id,
                country_codes=[],
                params={"file": name},
                reason=f"{reason} {name}",
                identity=identity({"file": source if is_address(source) else name}),
                source=source,
                reading=reading or {},
            )
        )
    return found


def _expanded(sources: Iterable[str]) -> list[str]:
    expanded: list[str] = []
    for source in sources:
        if not is_address(source) and any(sign in source for sign in "*?["):
            # Path.glob takes no pattern with a root or with '..' in it.
            expanded += sorted(glob.glob(source))  # noqa: PTH207
        else:
            expanded.append(source)
    return expanded
