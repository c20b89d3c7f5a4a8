"""Meta Ad Library API: political and issue ads with text, spend bands and delivery.

Facts and traps, with the date each was seen: collectors/README.md. Source of the
request and field names: developers.facebook.com/docs/graph-api/reference/ads_archive.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from collectors.credentials import Bearer
from collectors.errors import SourceChanged
from collectors.exchange import (
    Answer,
    Problem,
    Request,
    json_of,
    retry_after_seconds,
)
from collectors.landing import LandedPage
from collectors.meta_plan import MetaSettings, queries
from collectors.meta_record import IGNORED, ad
from collectors.plan import Query
from collectors.protocol import Api, DatasetRow, Library, RawRecord
from collectors.reading import object_records

TOKEN_VARIABLE = "META_ACCESS_TOKEN"
TRANSIENT_CODES = frozenset({1, 2})
RATE_LIMIT_CODES = frozenset({4, 17, 32, 613, 80004})
RATE_LIMIT_WAIT_SECONDS = 300.0
REMEDIES = {
    10: "finish the identity check at facebook.com/ID and facebook.com/ads/library/api",
    100: "a parameter is refused: see [meta] in adwatch.toml",
    190: f"the token is expired or wrong: make a new one and export {TOKEN_VARIABLE}",
    200: "the app lacks permission: see collectors/README.md",
    1009: "a parameter is refused: see [meta] in adwatch.toml",
}
# Percent of the hourly allowance used -> seconds to rest (as Wesleyan's client does);
# above 97 other clients give the token a pause, which we do before it is refused.
RESTS = ((97, 300.0), (95, 90.0), (90, 30.0), (80, 10.0), (75, 5.0))
USAGE_KEYS = ("call_count", "total_cputime", "total_time")
USAGE_HEADERS = ("X-Business-Use-Case-Usage", "X-App-Usage")


def _first_request(settings: MetaSettings, query: Query) -> Request:
    return Request(
        url=f"{settings.base_url}/{settings.api_version}/ads_archive",
        params={**query.params, "limit": str(settings.page_size)},
    )


def _follow(request: Request, page: Any) -> list[Request]:
    """The next page. A list ends by no `paging`, `paging` without `next`, or no ads."""
    paging = page.get("paging") or {}
    if not page["data"] or not isinstance(paging, dict) or "next" not in paging:
        return []
    try:
        after = paging["cursors"]["after"]
    except (KeyError, TypeError) as error:
        raise SourceChanged(
            "meta: 'paging' has 'next' but no cursor; the API changed, see "
            "collectors/README.md"
        ) from error
    return [replace(request, params={**request.params, "after": str(after)})]


def _find_problem(answer: Answer) -> Problem | None:
    """What is wrong with an answer, read from its body first; None if it is a page."""
    try:
        body = answer.value
    except ValueError:
        return Problem(
            "transient",
            f"no JSON (HTTP {answer.status})",
            retry_after_seconds(answer.headers),
        )
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return _problem_told(answer, body["error"])
    if answer.status >= 500 or answer.status == 429:
        wait = retry_after_seconds(answer.headers)
        return Problem("transient", f"HTTP {answer.status}", wait)
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        return Problem(
            "final",
            "the answer has no list 'data'; the API changed, see collectors/README.md",
        )
    return None


def _problem_told(answer: Answer, error: dict[str, Any]) -> Problem:
    code, said = error.get("code"), str(error.get("message", ""))[:300]
    code = code if isinstance(code, int) else 0
    message = f"error {code}: {said}"
    if code == 1 and re.search("reduce the amount", said, re.IGNORECASE):
        return Problem("too_much", message)
    if code in RATE_LIMIT_CODES or answer.status == 429:
        wait = retry_after_seconds(answer.headers) or _minutes_to_regain(answer) * 60
        return Problem("rate_limit", message, wait or RATE_LIMIT_WAIT_SECONDS)
    if code in TRANSIENT_CODES or error.get("is_transient"):
        return Problem("transient", message, retry_after_seconds(answer.headers))
    remedy = REMEDIES.get(code)
    return Problem("final", f"{message} ({remedy})" if remedy else message)


def _rest_seconds(answer: Answer) -> float:
    """How long to rest after `answer` so that the hourly allowance lasts."""
    used = max(
        (_number(entry.get(key)) for entry in _usage(answer) for key in USAGE_KEYS),
        default=0,
    )
    return next((seconds for percent, seconds in RESTS if used >= percent), 0.0)


def _usage(answer: Answer) -> list[dict[str, Any]]:
    """The entries of the usage headers, old and new; none if absent or unreadable."""
    entries: list[Any] = []
    for header in USAGE_HEADERS:
        try:
            told = json_of(answer.headers.get(header, "{}").encode())
        except ValueError:
            continue
        if isinstance(told, dict):
            entries.append(told)
            for value in told.values():
                entries += value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, dict)]


def _minutes_to_regain(answer: Answer) -> float:
    return max(
        (_number(e.get("estimated_time_to_regain_access")) for e in _usage(answer)),
        default=0.0,
    )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    return object_records(page.value(), "data")


def _rows(record: RawRecord, query: Query) -> Iterator[DatasetRow]:
    yield "ads", ad(record.raw)


def _raw_id(raw: dict[str, Any]) -> str | None:
    value = raw.get("id", raw.get("_id"))
    return value if isinstance(value, str) else None


LIBRARY = Library(
    name="meta",
    settings=MetaSettings,
    queries=queries,
    records=_records,
    rows=_rows,
    raw_id=_raw_id,
    ignored=IGNORED,
    api=Api(
        credentials=lambda settings: Bearer(TOKEN_VARIABLE),
        first_request=_first_request,
        follow=_follow,
        find_problem=_find_problem,
        rest_seconds=_rest_seconds,
        page_size_parameter="limit",
    ),
)
