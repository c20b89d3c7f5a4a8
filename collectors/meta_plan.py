"""What Meta's library is asked for: countries x searches x languages x windows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from collectors.plan import Query, identity
from collectors.settings import LibrarySettings

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
    "br_total_reach",
    "total_reach_by_location",
    "age_country_gender_reach_breakdown",
    "beneficiary_payers",
    "target_ages",
    "target_gender",
    "target_locations",
)
AD_TYPES = (
    "POLITICAL_AND_ISSUE_ADS",
    "ALL",
    "EMPLOYMENT_ADS",
    "HOUSING_ADS",
    "CREDIT_ADS",
    "FINANCIAL_PRODUCTS_AND_SERVICES_ADS",
)
PAGES_PER_SEARCH = 10
LONGEST_TERM = 100


@dataclass(frozen=True, kw_only=True)
class MetaSettings(LibrarySettings):
    """What to ask Meta for; `until` None means to the day of the run.

    Each country is asked for every term, every phrase and every ten pages, in each
    language (none named: all at once) and each window of `window_days` (0: one window).
    """

    countries: tuple[str, ...]
    search_terms: tuple[str, ...] = ("*",)
    exact_phrases: tuple[str, ...] = ()
    page_ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date = date(2024, 12, 1)
    until: date | None = None
    window_days: int = 0
    ad_type: str = AD_TYPES[0]
    page_size: int = 100
    api_version: str = "v23.0"
    base_url: str = "https://graph.facebook.com"

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        searches = (*self.search_terms, *self.exact_phrases)
        if not self.countries:
            return 'countries is empty; name one, for example ["AZ"]'
        if not searches and not self.page_ids:
            return "nothing to search for: give search_terms, exact_phrases or page_ids"
        if any(len(term) > LONGEST_TERM for term in searches):
            return f"a search term is longer than {LONGEST_TERM} characters"
        if not all(page_id.isdecimal() for page_id in self.page_ids):
            return "page_ids must be texts of digits"
        if self.ad_type not in AD_TYPES:
            return f"ad_type must be one of {', '.join(AD_TYPES)}"
        if not 1 <= self.page_size <= 5000:
            return "page_size must be from 1 to 5000"
        if self.window_days < 0:
            return "window_days must not be negative"
        return super().problem()


def queries(settings: MetaSettings, today: date) -> list[Query]:
    """One query per country, search, language and window, in that order."""
    until = settings.until or today
    return [
        _query(settings, country, f"{country}-{name}", search, language, *window)
        for country in settings.countries
        for name, search in _searches(settings)
        for language in settings.languages or (None,)
        for window in _windows(settings.since, until, settings.window_days)
    ]


def _query(
    settings: MetaSettings,
    country: str,
    name: str,
    search: dict[str, str],
    language: str | None,
    first: date,
    last: date,
    is_cut: bool,
) -> Query:
    params = {
        "ad_reached_countries": json.dumps([country]),
        "ad_type": settings.ad_type,
        "ad_active_status": "ALL",
        "ad_delivery_date_min": first.isoformat(),
        "ad_delivery_date_max": last.isoformat(),
        **search,
        "fields": ",".join(FIELDS),
    }
    if language:
        params["languages"] = json.dumps([language])
    parts = (name, language, f"{first:%Y%m%d}" if is_cut else None)
    told = ", ".join(f"{key} {value}" for key, value in search.items())
    return Query(
        query_id="-".join(filter(None, parts)),
        country_codes=[country],
        params=params,
        reason=(
            f"delivered in {country} {first} to {last}; {told}"
            + (f"; language {language}" if language else "")
        ),
        identity=identity(params, "ad_delivery_date_max", "fields"),
        until=last.isoformat(),
    )


def _searches(settings: MetaSettings) -> Iterator[tuple[str, dict[str, str]]]:
    """The name of every search and its parameters.

    Neither keyword nor page search is complete: some pages' ads show in one only.
    """
    for number, term in enumerate(settings.search_terms, 1):
        yield str(number), {"search_terms": term}
    for number, phrase in enumerate(settings.exact_phrases, 1):
        yield (
            f"exact{number}",
            {"search_terms": phrase, "search_type": "KEYWORD_EXACT_PHRASE"},
        )
    for start in range(0, len(settings.page_ids), PAGES_PER_SEARCH):
        ids = settings.page_ids[start : start + PAGES_PER_SEARCH]
        number = start // PAGES_PER_SEARCH + 1
        yield f"pages{number}", {"search_page_ids": json.dumps(ids)}


def _windows(since: date, until: date, days: int) -> list[tuple[date, date, bool]]:
    """Windows from `since` to `until`, both included, and whether there are several.

    They start at the same days in every run, so that the next run repeats them.
    """
    if not days:
        return [(since, until, False)]
    starts = [
        since + timedelta(offset) for offset in range(0, (until - since).days + 1, days)
    ]
    return [(start, min(start + timedelta(days - 1), until), True) for start in starts]
