"""What one run asks a library for, fixed when the run begins."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Query:
    """One list to page through to its end, or one file to bring in.

    Two queries of different runs ask the same thing when their `identity` is equal;
    the later one repeats the earlier when it also reaches as far (`until`).
    """

    query_id: str
    country_codes: list[str]
    params: dict[str, str]
    # Why its ads were collected, in words that a reader of one ad understands.
    reason: str = ""
    identity: str = ""
    until: str | None = None
    # A local path or an address, for libraries that are files.
    source: str | None = None
    # What reading the answers needs beside the answers (a table's mapping).
    reading: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form in which run.json keeps it."""
        return asdict(self)


def identity(params: dict[str, Any], *moving: str) -> str:
    """What makes a query the same query in another run: all but the `moving` params."""
    kept = {name: value for name, value in params.items() if name not in moving}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)
