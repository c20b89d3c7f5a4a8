"""Meta Ad Library API: political and issue ads with text, spend bands and delivery.

Facts and traps, with the date each was seen: collectors/README.md. Source of the
request and field names: developers.facebook.com/docs/graph-api/reference/ads_archive.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from collectors.errors import SourceChanged
from collectors.http import Answer, Problem, Request, retry_after_seconds
from collectors.meta_record import IGNORED, ad
from collectors.plan import Query
from collectors.settings import Settings

__all__ = [
    "IGNORED",
    "TOKEN_VARIABLE",
    "ad",
    "find_problem",
    "first_request",
    "next_request",
    "queries",
    "records",
    "rest_seconds",
    "smaller",
]

TOKEN_VARIABLE = "META_ACCESS_TOKEN"

# Never ad_snapshot_url: it is the ad's id and the caller's token, nothing more.
FIELDS = (
    "id",
    "page_id",
    "page_name",
    "bylines",
    "ad_creation_time",
    "ad_delivery_start_time",
    "ad_delivery_stop_time",
    "ad_creative_bodies",
    "ad_creative_link_titles",
    "ad_creative_link_descriptions",
    "ad_creative_link_captions",
    "languages",
    "publisher_platforms",
    "currency",
    "spend",
    "impressions",
    "estimated_audience_size",
    "demographic_distribution",
    "delivery_by_region",
    "eu_total_reach",
    "age_country_gender_reach_breakdown",
    "beneficiary_payers",
    "target_ages",
    "target_gender",
    "target_locations",
)
TRANSIENT_CODES = frozenset({1, 2})
RATE_LIMIT_CODES = frozenset({4, 17, 32, 613, 80004})
RATE_LIMIT_WAIT_SECONDS = 300.0
REMEDIES = {
    10: "finish the identity check at facebook.com/ID and facebook.com/ads/library/api",
    190: f"the token is expired or wrong: make a new one and export {TOKEN_VARIABLE}",
    100: "a parameter is refused: see [meta] in adwatch.toml",
    200: "the app lacks permission: see collectors/README.md",
}
# Percent of the hourly allowance used -> seconds to rest (as Wesleyan's client does).
RESTS = ((95, 90.0), (90, 30.0), (80, 10.0), (75, 5.0))


def queries(settings: Settings, until: date) -> list[Query]:
    """One query per country and search term, for ads delivered up to `until`."""
    return [
        Query(
            query_id=f"{country}-{number}",
            country_codes=[country],
            params={
                "ad_reached_countries": json.dumps([country]),
                "ad_type": "POLITICAL_AND_ISSUE_ADS",
                "ad_active_status": "ALL",
                "ad_delivery_date_min": settings.since.isoformat(),
                "ad_delivery_date_max": until.isoformat(),
                "search_terms": term,
                "fields": ",".join(FIELDS),
            },
        )
        for country in settings.countries
        for number, term in enumerate(settings.search_terms, 1)
    ]


def first_request(settings: Settings, query: Query) -> Request:
    """The request for the first page of `query`."""
    return Request(
        url=f"{settings.base_url}/{settings.api_version}/ads_archive",
        params={**query.params, "limit": str(settings.page_size)},
    )


def next_request(request: Request, body: bytes) -> Request | None:
    """The request for the page after `body`; None where the list ends.

    A list ends in one of three ways: no `paging`, `paging` without `next`, or no ads.
    """
    page = json.loads(body)
    paging = page.get("paging", {})
    if not page["data"] or "next" not in paging:
        return None
    try:
        after = paging["cursors"]["after"]
    except (KeyError, TypeError) as error:
        raise SourceChanged("meta: 'paging' has 'next' but no cursor") from error
    return replace(request, params={**request.params, "after": after})


def smaller(request: Request) -> Request | None:
    """The same request for half the page; None when it cannot be smaller."""
    limit = int(request.params["limit"])
    if limit == 1:
        return None
    return replace(request, params={**request.params, "limit": str(limit // 2)})


def find_problem(answer: Answer) -> Problem | None:
    """What is wrong with an answer, read from its body first; None if it is a page."""
    try:
        body = json.loads(answer.body)
    except ValueError:
        return Problem(
            "transient",
            f"no JSON (HTTP {answer.status})",
            retry_after_seconds(answer.headers),
        )
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return _problem_told(answer, body["error"])
    if answer.status >= 500:
        return Problem("transient", f"HTTP {answer.status}")
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        return Problem("final", "the answer has no list 'data'; the API changed")
    return None


def _problem_told(answer: Answer, error: dict[str, Any]) -> Problem:
    code, said = error.get("code"), str(error.get("message", ""))[:300]
    message = f"error {code}: {said}"
    if code == 1 and "reduce the amount of data" in said:
        return Problem("too_much", message)
    if code in RATE_LIMIT_CODES or answer.status == 429:
        wait = retry_after_seconds(answer.headers) or _minutes_to_regain(answer) * 60
        return Problem("rate_limit", message, wait or RATE_LIMIT_WAIT_SECONDS)
    if code in TRANSIENT_CODES or error.get("is_transient"):
        return Problem("transient", message, retry_after_seconds(answer.headers))
    remedy = REMEDIES.get(code if isinstance(code, int) else 0)
    return Problem("final", f"{message} ({remedy})" if remedy else message)


def rest_seconds(answer: Answer) -> float:
    """How long to rest after `answer` so that the hourly allowance lasts."""
    used = max(
        (entry.get(key, 0) for entry in _usage(answer) for key in _USAGE_KEYS),
        default=0,
    )
    return next((seconds for percent, seconds in RESTS if used >= percent), 0.0)


_USAGE_KEYS = ("call_count", "total_cputime", "total_time")


def _usage(answer: Answer) -> list[dict[str, Any]]:
    """The entries of the usage header; none if it is absent or unreadable."""
    try:
        per_app = json.loads(answer.headers.get("X-Business-Use-Case-Usage", "{}"))
        return [entry for entries in per_app.values() for entry in entries]
    except (ValueError, AttributeError, TypeError):
        return []


def _minutes_to_regain(answer: Answer) -> float:
    return max(
        (float(e.get("estimated_time_to_regain_access", 0)) for e in _usage(answer)),
        default=0.0,
    )


def records(body: bytes) -> list[dict[str, Any]]:
    """The raw ads of one page, in the library's order."""
    data = json.loads(body)["data"]
    # Old answers hold empty objects where an ad was taken out (seen 2019).
    return [raw for raw in data if raw != {}]
