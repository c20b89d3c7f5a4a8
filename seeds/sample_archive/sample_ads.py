"""Invented ads: who shows which wording, from when to when, and where."""

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from sample_delivery import countries, delivery
from sample_text import Advertiser, Template, advertisers, templates, wording

FIRST_DAY = date(2024, 12, 1)
FIRST_COLLECTED = date(2026, 9, 1)
LAST_DAY = date(2026, 11, 14)
# Starts of the three weeks in which most invented threats begin.
HOT_DAYS = (date(2025, 6, 27), date(2025, 8, 11), date(2025, 8, 26))
# Meta stopped political ads in the EU on 2025-10-06.
LAST_EU_DAY = date(2025, 10, 5)
LATE_COUNT = 120
CHANGED_COUNT = 40
VANISHED_COUNT = 20
EDITED_COUNT = 2
HOMES = {"tr": "TR", "ge": "GE", "ru": "RU", "eu": "EU", "az": "AZ"}


@dataclass(frozen=True)
class Ad:
    """One invented ad as it stands at one collection; `regions` in millionths."""

    ad_id: str
    template: Template
    advertiser: Advertiser
    page_name: str
    bodies: tuple[str, ...]
    title: str
    regions: tuple[tuple[str, int], ...]
    countries: frozenset[str]
    started: date
    stopped: date | None
    bucket_steps: int = 0


def first_collection() -> list[Ad]:
    """Ads that started before the first collection, newest first."""
    running = {ad.ad_id for ad in changed_ads()}
    return newest_first(
        [
            replace(ad, stopped=None) if ad.ad_id in running else ad
            for ad in invented_ads()
            if ad.started < FIRST_COLLECTED
        ]
    )


def second_collection() -> list[Ad]:
    """All ads of the second collection, newest first: some gone, changed, new."""
    early = [ad for ad in invented_ads() if ad.started < FIRST_COLLECTED]
    changed = {ad.ad_id for ad in changed_ads()}
    still = [ad for ad in early if ad.ad_id not in changed]
    gone = {ad.ad_id for ad in ranked(still, "vanished")[:VANISHED_COUNT]}
    kept = [ad for ad in invented_ads() if ad.ad_id not in gone]
    return newest_first(
        [later(ad) if ad.ad_id in changed else renamed(ad) for ad in kept]
    )


@cache
def changed_ads() -> tuple[Ad, ...]:
    """Ads that were still running at the first collection and grew until the second."""
    young = [
        ad for ad in invented_ads() if date(2026, 2, 1) <= ad.started < FIRST_COLLECTED
    ]
    return tuple(ranked(young, "changed")[:CHANGED_COUNT])


def later(ad: Ad) -> Ad:
    """The ad ten weeks on: more spent and shown, mostly stopped, twice reworded."""
    rng = random.Random(f"later:{ad.ad_id}")
    editable = [ad for ad in changed_ads() if "{emoji}" in ad.template.body]
    edited = {ad.ad_id for ad in editable[:EDITED_COUNT]}
    stopped = FIRST_COLLECTED + timedelta(days=rng.randint(2, 60))
    return replace(
        renamed(ad),
        stopped=None if rng.random() < 0.3 else stopped,
        bodies=filled(ad.template, ad.advertiser, ad.started, rng)
        if ad.ad_id in edited
        else ad.bodies,
        bucket_steps=rng.randint(1, 3),
    )


def renamed(ad: Ad) -> Ad:
    """The ad under its page's newer name, if the page has one."""
    return replace(ad, page_name=ad.advertiser.renamed_to or ad.page_name)


def newest_first(ads: list[Ad]) -> list[Ad]:
    """Ads in the order Meta was seen to answer in."""
    return sorted(ads, key=lambda ad: (ad.started, ad.ad_id), reverse=True)


def ranked(ads: list[Ad], purpose: str) -> list[Ad]:
    """Ads in an order that a new row in the tables disturbs as little as possible."""
    return sorted(
        ads, key=lambda ad: hashlib.sha256(f"{purpose}:{ad.ad_id}".encode()).digest()
    )


@cache
def invented_ads() -> tuple[Ad, ...]:
    """Every invented ad once, as it stands at the first collection."""
    late = late_keys()
    pages = advertisers()
    return tuple(
        invented_ad(template, number, page, (template.text_id, number) in late)
        for template in templates()
        for number, page in enumerate(pages_for(template, pages))
    )


def late_keys() -> set[tuple[str, int]]:
    """Which ads (row, number) start between the two collections."""
    keys = [
        (template.text_id, number)
        for template in templates()
        if not template.season and not template.reach.startswith("eu")
        for number in range(template.ads_count)
    ]
    keys.sort(key=lambda key: hashlib.sha256(f"late:{key}".encode()).digest())
    return set(keys[:LATE_COUNT])


def pages_for(template: Template, pages: list[Advertiser]) -> list[Advertiser]:
    """One advertiser per ad of the row, different ones as far as there are any."""
    language = template.language.split("-")[0]
    able = [
        page
        for page in pages
        if template.topic in page.topics and language in page.languages
    ]
    home = HOMES[template.reach[:2] or "az"]
    fitting = [page for page in able if page.home == home] or able
    random.Random(f"pages:{template.text_id}").shuffle(fitting)
    return [fitting[number % len(fitting)] for number in range(template.ads_count)]


def invented_ad(template: Template, number: int, page: Advertiser, is_late: bool) -> Ad:
    """The ad number `number` of a row."""
    rng = random.Random(f"{template.text_id}/{number}")
    digits = rng.choice((11, 12, 12, 13))
    ad_id = f"9990{rng.randrange(10 ** (digits - 1), 10**digits)}"
    started = start_day(template, rng, is_late)
    regions = delivery(template.reach, rng)
    return Ad(
        ad_id=ad_id,
        template=template,
        advertiser=page,
        page_name=page.page_name,
        bodies=filled(template, page, started, rng),
        title=wording(template.title, template.language, page.home, started, rng),
        regions=regions,
        countries=countries(regions),
        started=started,
        stopped=stop_day(started, template.reach, rng, is_late),
    )


def filled(
    template: Template, page: Advertiser, started: date, rng: random.Random
) -> tuple[str, ...]:
    """One text variant, sometimes two, none where the row has no body."""
    if not template.body:
        return ()
    has_two = "{" in template.body and rng.random() < 0.08
    variants = [
        wording(template.body, template.language, page.home, started, rng)
        for _ in range(2 if has_two else 1)
    ]
    return tuple(dict.fromkeys(variants))


def start_day(template: Template, rng: random.Random, is_late: bool) -> date:
    """First day shown: by season, in a heated week, or any day of the period."""
    if template.season and template.season != "hot":
        month, day = (int(part) for part in template.season.split("-"))
        year = 2025 if template.reach.startswith("eu") else rng.choice((2025, 2026))
        return min(
            date(year, month, day) - timedelta(days=rng.randint(3, 12)), LAST_DAY
        )
    if template.reach.startswith("eu"):
        return date(2025, 1, 10) + timedelta(days=rng.randint(0, 230))
    if is_late:
        return between(FIRST_COLLECTED, LAST_DAY, rng)
    if template.season == "hot" and rng.random() < 0.8:
        return rng.choice(HOT_DAYS) + timedelta(days=rng.randint(0, 20))
    return between(FIRST_DAY, FIRST_COLLECTED - timedelta(days=1), rng)


def stop_day(
    started: date, reach: str, rng: random.Random, is_late: bool
) -> date | None:
    """Last day shown; None for the few that go on."""
    stopped = started + timedelta(days=rng.randint(3, 45))
    if reach.startswith("eu"):
        return min(stopped, LAST_EU_DAY)
    if rng.random() < (0.2 if is_late else 0.05):
        return None
    if started >= FIRST_COLLECTED:
        return min(stopped, LAST_DAY)
    return max(started, min(stopped, FIRST_COLLECTED - timedelta(days=1)))


def between(first: date, last: date, rng: random.Random) -> date:
    """Any day from first to last."""
    return first + timedelta(days=rng.randint(0, (last - first).days))
