"""What one run asks a library for, fixed when the run begins."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Query:
    """One list to page through to its end."""

    query_id: str
    country_codes: list[str]
    params: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The form in which run.json keeps it."""
        return {
            "query_id": self.query_id,
            "country_codes": self.country_codes,
            "params": self.params,
        }
