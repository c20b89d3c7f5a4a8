"""TikTok Commercial Content API: ads shown in the EU, EEA, UK and Switzerland.

Every list is followed by the details of its ads, which hold the title, the targeting
and the reach by country; a report counts ads by day. Facts: collectors/README.md.
Source: developers.tiktok.com/doc/commercial-content-api-query-ads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from collectors.answers import json_object, status_problem
from collectors.credentials import ClientCredentials
from collectors.errors import SourceChanged
from collectors.exchange import Answer, Problem, Request, retry_after_seconds
from collectors.landing import LandedPage
from collectors.plan import Query, identity
from collectors.protocol import Api, Library, RawRecord, one_ad_each
from collectors.settings import LibrarySettings
from collectors.tiktok_record import IGNORED, ad, ad_id

KEY_VARIABLE, SECRET_VARIABLE = "TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET"
SEARCH_TYPES = ("exact_phrase", "fuzzy_phrase")
AD_FIELDS = [
    "id",
    "first_shown_date",
    "last_shown_date",
    "status",
    "status_statement",
    "videos",
    "image_urls",
    "reach",
]
ADVERTISER_FIELDS = [
    "business_id",
    "business_name",
    "paid_for_by",
    "country_code",
    "follower_count",
    "profile_url",
]
DETAIL_FIELDS = [
    "title",
    "external_url",
    "call_to_action",
    "advertising_objective",
    "rejection_info",
]
TRANSIENT = frozenset({"internal_error", "timeout", "service_unavailable"})
RATE_LIMITS = frozenset({"rate_limit_exceeded"})
RATE_LIMIT_WAIT_SECONDS = 60.0
REMEDIES = {
    "access_token_invalid": f"check {KEY_VARIABLE} and {SECRET_VARIABLE}",
    "scope_not_authorized": "the client lacks the scope research.adlib.basic",
    "scope_permission_missed": "the client lacks the scope research.adlib.basic",
    "daily_quota_limit_exceeded": "today's quota is used up; run again tomorrow",
    "invalid_params": "a parameter is refused: see [tiktok] in adwatch.toml",
}


@dataclass(frozen=True, kw_only=True)
class TikTokSettings(LibrarySettings):
    """What to ask TikTok for; without search terms, all ads of a country."""

    countries: tuple[str, ...]
    search_terms: tuple[str, ...] = ()
    search_type: str = SEARCH_TYPES[0]
    since: date = date(2024, 12, 1)
    until: date | None = None
    page_size: int = 10
    has_details: bool = True
    has_report: bool = False
    base_url: str = "https://open.tiktokapis.com"

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        if not self.countries:
            return 'countries is empty; name some, for example ["DE", "AT"]'
        if any(len(term) > 50 for term in self.search_terms):
            return "a search term is longer than 50 characters"
        if self.search_type not in SEARCH_TYPES:
            return f"search_type must be one of {', '.join(SEARCH_TYPES)}"
        if not 1 <= self.page_size <= 50:
            return "page_size must be from 1 to 50"
        return super().problem()


def _queries(settings: TikTokSettings, today: date) -> list[Query]:
    # TikTok refuses a range that reaches today.
    until = min(settings.until or today, today - timedelta(days=1))
    kinds = ["query"] + (["report"] if settings.has_report else [])
    return [
        _query(settings, kind, country, number, term, until)
        for kind in kinds
        for country in settings.countries
        for number, term in enumerate(settings.search_terms or ("",), 1)
    ]


def _query(
    settings: TikTokSettings,
    kind: str,
    country: str,
    number: int,
    term: str,
    until: date,
) -> Query:
    params = {
        "kind": kind,
        "country": country,
        "term": term,
        "since": f"{settings.since:%Y%m%d}",
        "until": f"{until:%Y%m%d}",
    }
    what = f"search {term}" if term else "all ads"
    return Query(
        query_id=f"{country}-{number}" + ("-report" if kind == "report" else ""),
        country_codes=[country],
        params=params,
        reason=f"published for {country} {settings.since} to {until}; {what}",
        identity=identity(params, "until"),
        until=until.isoformat(),
    )


def _first_request(settings: TikTokSettings, query: Query) -> Request:
    asked = query.params
    dates = {"min": asked["since"], "max": asked["until"]}
    body: dict[str, Any] = {
        "filters": {
            "ad_published_date_range": dates,
            "country_code_list": [asked["country"]],
        }
    }
    if asked["term"]:
        body |= {"search_term": asked["term"], "search_type": settings.search_type}
    if asked["kind"] == "report":
        fields = "count_time_series_by_country"
    else:
        body["max_count"] = settings.page_size
        fields = _fields(AD_FIELDS)
    # Details are only asked for when the setting says so; the request keeps it.
    params = {"fields": fields} | ({} if settings.has_details else {"details": "no"})
    return Request(
        f"{settings.base_url}/v2/research/adlib/ad/{asked['kind']}/", params, body
    )


def _fields(of_ad: list[str]) -> str:
    named = [f"ad.{name}" for name in of_ad]
    return ",".join(named + [f"advertiser.{name}" for name in ADVERTISER_FIELDS])


def _follow(request: Request, page: Any) -> list[Request]:
    """The details of the listed ads, and the next page of the list."""
    data = page["data"]
    if request.detail_of or "ads" not in data:
        return []
    following = []
    if str(data.get("has_more")).lower() == "true" and data["ads"]:
        if not data.get("search_id"):
            raise SourceChanged(
                "tiktok: 'has_more' but no 'search_id'; the API changed, see "
                "collectors/README.md"
            )
        body = {**(request.json or {}), "search_id": data["search_id"]}
        following.append(replace(request, json=body))
    if "details" in request.params:
        return following
    fields = _fields(AD_FIELDS + DETAIL_FIELDS) + ",ad_group.targeting_info"
    url = request.url.replace("/ad/query/", "/ad/detail/")
    for raw in data["ads"]:
        if isinstance(raw, dict) and (found := ad_id(raw)):
            # Ids are numbers beyond 2^53; Python's are exact.
            body = {"ad_id": int(found)}
            following.append(Request(url, {"fields": fields}, body, detail_of=found))
    return following


def _find_problem(answer: Answer) -> Problem | None:
    """What is wrong; TikTok tells errors inside HTTP 200."""
    body = json_object(answer)
    if isinstance(body, Problem):
        return body
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if code not in (None, "ok", 0):
        return _problem_told(answer, str(code), str(error.get("message", ""))[:300])  # type: ignore[union-attr]
    if problem := status_problem(answer, f"check {KEY_VARIABLE}"):
        return problem
    data = body.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("ads", []), list):
        return Problem(
            "final",
            "no object 'data' in the answer; the API changed, see collectors/README.md",
        )
    if "ads" in data and "has_more" not in data:
        return Problem(
            "final",
            "no 'has_more' in the answer; the API changed, see collectors/README.md",
        )
    return None


def _problem_told(answer: Answer, code: str, said: str) -> Problem:
    wait = retry_after_seconds(answer.headers)
    message = f"{code}: {said}"
    if code in RATE_LIMITS or (answer.status == 429 and code not in REMEDIES):
        return Problem("rate_limit", message, wait or RATE_LIMIT_WAIT_SECONDS)
    if code in TRANSIENT or answer.status >= 500:
        return Problem("transient", message, wait)
    if code in ("not_found", "ad_not_found"):
        return Problem("absent", message)
    remedy = REMEDIES.get(code)
    told = f"{message} ({remedy})" if remedy else message
    return Problem("token" if code == "access_token_invalid" else "final", told)


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    data = page.value()["data"]
    if query.params["kind"] == "report":
        return
    raws = data.get("ads", [data] if "detail_of" in page.line else [])
    for number, raw in enumerate(raws, 1):
        if isinstance(raw, dict) and raw:
            yield RawRecord(f"record {number}", raw)
        else:
            yield RawRecord(f"record {number}", {}, "not an object")


LIBRARY = Library(
    name="tiktok",
    settings=TikTokSettings,
    queries=_queries,
    records=_records,
    rows=one_ad_each(ad),
    raw_id=ad_id,
    ignored=IGNORED,
    api=Api(
        credentials=lambda settings: ClientCredentials(
            f"{settings.base_url}/v2/oauth/token/", KEY_VARIABLE, SECRET_VARIABLE
        ),
        first_request=_first_request,
        follow=_follow,
        find_problem=_find_problem,
        page_size_parameter="max_count",
        # One search_id may serve a whole list, so equal requests are no loop.
        loops_show_in="answer",
    ),
)
