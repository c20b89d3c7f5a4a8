"""Microsoft Ad Library API: search ads with text, shown in the EU and EEA since 2023.

Every list is followed by the details of its ads: dates, impression band, share by
country and targeting. Facts: collectors/README.md. Source: learn.microsoft.com.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from collectors.answers import json_object, status_problem
from collectors.credentials import OptionalHeaders
from collectors.exchange import Answer, Problem, Request
from collectors.landing import LandedPage
from collectors.microsoft_record import IGNORED, ad, ad_id
from collectors.plan import Query, identity
from collectors.protocol import Api, Library, RawRecord, one_ad_each
from collectors.reading import object_records
from collectors.settings import LibrarySettings

MOST_PER_PAGE = 24
# The library shows no more than the first thousand ads of a search.
LAST_SKIP = 999
EXPAND = "AdDetails(expand=ImpressionsByCountry,Targets)"


@dataclass(frozen=True, kw_only=True)
class MicrosoftSettings(LibrarySettings):
    """What to ask Microsoft for: texts, or advertisers by their number."""

    search_terms: tuple[str, ...] = ()
    advertiser_ids: tuple[str, ...] = ()
    # Microsoft's own numbers of countries: 10 is Austria, 226 Romania.
    country_numbers: tuple[int, ...] = ()
    since: date = date(2024, 12, 1)
    until: date | None = None
    page_size: int = MOST_PER_PAGE
    # The documentation writes top and skip, the live client $top and $skip.
    has_dollar_names: bool = True
    has_details: bool = True
    requests_per_minute: int = 20
    base_url: str = "https://adlibrary.api.bingads.microsoft.com/api/v1"

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        if not self.search_terms and not self.advertiser_ids:
            return "nothing to search for: give search_terms or advertiser_ids"
        if not 1 <= self.page_size <= MOST_PER_PAGE:
            return f"page_size must be from 1 to {MOST_PER_PAGE}"
        return super().problem()


def _queries(settings: MicrosoftSettings, today: date) -> list[Query]:
    until = settings.until or today
    searches = [("searchText", term) for term in settings.search_terms]
    searches += [("advertiserId", number) for number in settings.advertiser_ids]
    return [
        _query(settings, number, search, until)
        for number, search in enumerate(searches, 1)
    ]


def _query(
    settings: MicrosoftSettings, number: int, search: tuple[str, str], until: date
) -> Query:
    params = {
        search[0]: search[1],
        "startDate": settings.since.isoformat(),
        "endDate": until.isoformat(),
    }
    if settings.country_numbers:
        params["countryCodes"] = ",".join(map(str, settings.country_numbers))
    return Query(
        query_id=str(number),
        country_codes=[],
        params=params,
        reason=f"shown {settings.since} to {until}; {search[0]} {search[1]}",
        identity=identity(params, "endDate"),
        until=until.isoformat(),
    )


def _first_request(settings: MicrosoftSettings, query: Query) -> Request:
    sign = "$" if settings.has_dollar_names else ""
    pages = {f"{sign}top": str(settings.page_size), f"{sign}skip": "0"}
    details = {} if settings.has_details else {"details": "no"}
    return Request(f"{settings.base_url}/Ads", {**query.params, **pages, **details})


def _follow(request: Request, page: Any) -> list[Request]:
    """The next page of the list, and the details of its ads."""
    if request.detail_of is not None:
        return []
    sign = "$" if "$top" in request.params else ""
    skip = int(request.params[f"{sign}skip"]) + len(page["value"])
    total = page.get("@odata.count")
    following = []
    is_more = bool(page["value"]) and (not isinstance(total, int) or skip < total)
    if is_more and skip <= LAST_SKIP:
        params = {**request.params, f"{sign}skip": str(skip)}
        following.append(replace(request, params=params))
    if request.params.get("details") == "no":
        return following
    for raw in page["value"]:
        if isinstance(raw, dict) and (found := ad_id(raw)):
            url = f"{request.url}/{found}"
            following.append(Request(url, {"expand": EXPAND}, detail_of=found))
    return following


def _cut_short(page: Any) -> str | None:
    """The library counts to a thousand and shows no more."""
    total = page.get("@odata.count")
    if isinstance(total, int) and total > LAST_SKIP:
        return "only the first 1000 ads are shown; narrow the search or its dates"
    return None


def _find_problem(answer: Answer) -> Problem | None:
    """What is wrong; too many requests come as HTML."""
    body = json_object(answer)
    if isinstance(body, Problem):
        return body
    if answer.status == 404:
        return Problem("absent", "the library no longer has this ad")
    error = body.get("error")
    if isinstance(error, dict):
        said = str(error.get("message", ""))[:300]
        told = status_problem(answer, "see [microsoft] in adwatch.toml")
        if told and told.kind in ("transient", "rate_limit"):
            return replace(told, message=f"{told.message}: {said}")
        return Problem("final", f"{said} (see [microsoft] in adwatch.toml)")
    if problem := status_problem(answer, "check MS_DEV_TOKEN and MS_AUTH_TOKEN"):
        return problem
    if "AdId" not in body and not isinstance(body.get("value"), list):
        return Problem(
            "final",
            "no list 'value' in the answer; the API changed, see collectors/README.md",
        )
    return None


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    if "detail_of" not in page.line:
        yield from object_records(page.value(), "value")
        return
    body = page.value()
    # A detail comes alone, or as the only one of a list.
    for raw in body["value"] if isinstance(body.get("value"), list) else [body]:
        if isinstance(raw, dict):
            yield RawRecord("record 1", raw)
        else:
            yield RawRecord("record 1", {}, "not an object")


LIBRARY = Library(
    name="microsoft",
    settings=MicrosoftSettings,
    queries=_queries,
    records=_records,
    rows=one_ad_each(ad),
    raw_id=ad_id,
    ignored=IGNORED,
    api=Api(
        # Anonymous access is allowed; the headers only raise the quota.
        credentials=lambda settings: OptionalHeaders(
            DeveloperToken="MS_DEV_TOKEN", AuthenticationToken="MS_AUTH_TOKEN"
        ),
        first_request=_first_request,
        follow=_follow,
        find_problem=_find_problem,
        cut_short=_cut_short,
    ),
)
