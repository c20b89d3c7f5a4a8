"""LinkedIn Ad Library API: who advertised, impressions by country; no text.

Facts: collectors/README.md. Source: learn.microsoft.com/linkedin (adLibrary).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from collectors.answers import json_object, status_problem
from collectors.credentials import Bearer
from collectors.exchange import Answer, Problem, Request
from collectors.landing import LandedPage
from collectors.linkedin_record import IGNORED, ad, ad_id
from collectors.plan import Query, identity
from collectors.protocol import Api, Library, RawRecord, one_ad_each
from collectors.reading import object_records
from collectors.settings import LibrarySettings

TOKEN_VARIABLE = "LINKEDIN_ACCESS_TOKEN"
MOST_PER_PAGE = 25
REMEDIES = {
    401: f"the token is expired or wrong: make a new one and export {TOKEN_VARIABLE}",
    403: "the app lacks the Ad Library product, see collectors/README.md",
    404: "the app lacks the Ad Library product, see collectors/README.md",
    426: "LinkedIn no longer serves this version: set api_version in [linkedin]",
}


@dataclass(frozen=True, kw_only=True)
class LinkedInSettings(LibrarySettings):
    """What to ask LinkedIn for: keywords or advertisers, for ads shown in countries."""

    search_terms: tuple[str, ...] = ()
    advertisers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date = date(2024, 12, 1)
    until: date | None = None
    page_size: int = MOST_PER_PAGE
    api_version: str = "202506"
    requests_per_minute: int = 15
    base_url: str = "https://api.linkedin.com"

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        if not self.search_terms and not self.advertisers:
            return "nothing to search for: give search_terms or advertisers"
        if not 1 <= self.page_size <= MOST_PER_PAGE:
            return f"page_size must be from 1 to {MOST_PER_PAGE}"
        return super().problem()


def _queries(settings: LinkedInSettings, today: date) -> list[Query]:
    until = settings.until or today
    searches = [("keyword", term) for term in settings.search_terms]
    searches += [("advertiser", name) for name in settings.advertisers]
    return [
        _query(settings, number, search, until)
        for number, search in enumerate(searches, 1)
    ]


def _query(
    settings: LinkedInSettings, number: int, search: tuple[str, str], until: date
) -> Query:
    # RestLi's brackets and colons are syntax and go out as they are; values inside
    # them are encoded.
    params = {"q": "criteria", search[0]: quote(search[1], safe="")}
    if settings.countries:
        urns = ",".join(
            quote(f"urn:li:country:{c}", safe="") for c in settings.countries
        )
        params["countries"] = f"(value:List({urns}))"
    end = until + timedelta(days=1)  # LinkedIn's end is exclusive
    params["dateRange"] = f"(start:{_restli(settings.since)},end:{_restli(end)})"
    return Query(
        query_id=str(number),
        country_codes=list(settings.countries),
        params=params,
        reason=f"shown {settings.since} to {until}; {search[0]} {search[1]}",
        identity=identity({**params, "since": str(settings.since)}, "dateRange"),
        until=until.isoformat(),
    )


def _restli(day: date) -> str:
    return f"(day:{day.day},month:{day.month},year:{day.year})"


def _first_request(settings: LinkedInSettings, query: Query) -> Request:
    pages = {"start": "0", "count": str(settings.page_size)}
    return Request(
        f"{settings.base_url}/rest/adLibrary",
        {**query.params, **pages},
        is_encoded=True,
    )


def _follow(request: Request, page: Any) -> list[Request]:
    """The next page; the list ends with its total, or with a page that has no ads."""
    paging = page.get("paging")
    total = paging.get("total") if isinstance(paging, dict) else None
    links = paging.get("links") if isinstance(paging, dict) else None
    start = int(request.params["start"]) + len(page["elements"])
    has_next = isinstance(links, list) and any(
        isinstance(link, dict) and link.get("rel") == "next" for link in links
    )
    is_more = start < total if isinstance(total, int) else has_next
    if not page["elements"] or not is_more:
        return []
    return [replace(request, params={**request.params, "start": str(start)})]


def _find_problem(answer: Answer) -> Problem | None:
    """What is wrong with an answer; None if it is a page."""
    body = json_object(answer)
    if isinstance(body, Problem):
        return body
    if answer.status in REMEDIES:
        said = str(body.get("message", ""))[:300]
        return Problem(
            "final", f"HTTP {answer.status}: {said} ({REMEDIES[answer.status]})"
        )
    if problem := status_problem(answer, ""):
        said = str(body.get("message", ""))[:300]
        return replace(problem, message=f"{problem.message}: {said}")
    if not isinstance(body.get("elements"), list):
        return Problem(
            "final",
            "no list 'elements' in the answer; the API changed, "
            "see collectors/README.md",
        )
    return None


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    return object_records(page.value(), "elements")


LIBRARY = Library(
    name="linkedin",
    settings=LinkedInSettings,
    queries=_queries,
    records=_records,
    rows=one_ad_each(ad),
    raw_id=ad_id,
    ignored=IGNORED,
    api=Api(
        credentials=lambda settings: Bearer(
            TOKEN_VARIABLE,
            **{
                "LinkedIn-Version": settings.api_version,
                "X-Restli-Protocol-Version": "2.0.0",
            },
        ),
        first_request=_first_request,
        follow=_follow,
        find_problem=_find_problem,
    ),
)
