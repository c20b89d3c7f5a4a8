"""What a library's module gives the rest: how to ask it and how to read it.

A library is either asked page by page (`api`) or is a set of files (`api` is None).
In both cases what it gave is landed as it came, and `records` and `rows` are pure
functions of what was landed, so all Parquet can be made again without the network.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from collectors.credentials import Credentials
from collectors.exchange import Answer, Problem, Request
from collectors.landing import LandedPage
from collectors.plan import Query
from collectors.settings import LibrarySettings

Row = dict[str, Any]
# The dataset a row belongs to (see datasets.py) and the row.
DatasetRow = tuple[str, Row]


@dataclass(frozen=True)
class RawRecord:
    """One record as the library gave it, and where it stands in its page."""

    place: str
    raw: dict[str, Any]
    # Why nothing can be read from it, e.g. a ragged row.
    problem: str | None = None
    # The file ends here although it should not; what follows is lost.
    is_truncation: bool = False


@dataclass(frozen=True)
class Api:
    """How to ask a library that answers page by page."""

    credentials: Callable[[Any], Credentials]
    first_request: Callable[[Any, Query], Request]
    # What a page leads to: the next page, the details of its ads, or nothing.
    follow: Callable[[Request, Any], list[Request]]
    find_problem: Callable[[Answer], Problem | None]
    rest_seconds: Callable[[Answer], float] = lambda _: 0.0
    # Why a list is shorter than the library's own, if this page says so.
    cut_short: Callable[[Any], str | None] = lambda _: None
    # The name of the parameter that says how many records a page may hold; pages are
    # halved down to one record where the library asks for less, and grow back.
    page_size_parameter: str | None = None
    # Whether a list that does not end shows as a repeated request or repeated answer.
    loops_show_in: Literal["request", "answer"] = "request"


@dataclass(frozen=True)
class Library:
    """One ad library."""

    name: str
    settings: type[LibrarySettings]
    queries: Callable[[Any, date], list[Query]]
    records: Callable[[LandedPage, Query], Iterator[RawRecord]]
    rows: Callable[[RawRecord, Query], Iterator[DatasetRow]]
    # The library's own id of the ad in a raw record; None where it has none. It is the
    # one field that every record of an answer must have.
    raw_id: Callable[[dict[str, Any]], str | None]
    api: Api | None = None
    # Known fields that stay in the landing only.
    ignored: frozenset[str] = field(default_factory=frozenset)


def one_ad_each(
    ad: Callable[[dict[str, Any]], Row],
) -> Callable[[RawRecord, Query], Iterator[DatasetRow]]:
    """The rows of a library whose every record is one ad, which `ad` reads."""
    return lambda record, query: iter([("ads", ad(record.raw))])


def with_page_size(request: Request, name: str, size: int) -> Request:
    """The same request for pages of `size` records."""
    if request.json is not None:
        return replace(request, json={**request.json, name: size})
    return replace(request, params={**request.params, name: str(size)})


def page_size(request: Request, name: str) -> int | None:
    """How many records `request` asks for; None if it does not say."""
    value = (request.json or request.params).get(name)
    return None if value is None else int(value)
