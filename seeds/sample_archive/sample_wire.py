"""An invented ad as the JSON object that Meta's `ads_archive` answers with.

Field names, the strings where numbers are meant, the bucket ladders and the absent
keys follow answers recorded by others; see README.md of the collectors.
"""

import random
from bisect import bisect_right
from datetime import timedelta
from typing import Any

from sample_ads import Ad, first_collection, ranked
from sample_delivery import shares
from sample_text import slot_values

Json = dict[str, Any]

UPPER_STEPS = [
    *range(10_000, 50_000, 5_000),
    *range(50_000, 100_000, 10_000),
    *range(100_000, 200_000, 25_000),
    *range(200_000, 500_000, 50_000),
    *range(500_000, 1_000_001, 100_000),
]
IMPRESSIONS_LADDER = [*range(0, 10_000, 1_000), *UPPER_STEPS]
SPEND_LADDER = [
    *range(0, 1_000, 100),
    *range(1_000, 5_000, 500),
    *range(5_000, 10_000, 1_000),
    *UPPER_STEPS,
]
AUDIENCE_LADDER = [100, 1_001, 5_001, 10_001, 50_001, 100_001, 500_001, 1_000_001]
# Rough price of a thousand impressions relative to USD.
RATES = {"USD": 1.0, "EUR": 0.9, "AZN": 1.7, "GEL": 2.7, "TRY": 42.0, "RUB": 80.0}
AGES = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]
GENDERS = ["female", "male", "unknown"]
DIASPORA_PLACES = {
    "eu_diaspora": [("Berlin, Deutschland", "CITY", False)],
    "eu_excluded": [
        ("Österreich", "countries", False),
        ("Česko", "countries", False),
        ("Tirol, Österreich", "regions", True),
        ("Aserbaidschan", "countries", True),
    ],
    "eu": [("Deutschland", "countries", False), ("Nederland", "countries", False)],
}
# What the tagger answers for spellings it takes for another language.
TAGS = {"az-Latn": "az", "az-Cyrl": "ru", "az-ascii": "tr"}
OPEN_IMPRESSIONS_COUNT = 12
OPEN_SPEND_COUNT = 3


def wire_ad(ad: Ad) -> Json:
    """The ad with the keys that have a value, and only those."""
    rng = random.Random(f"wire:{ad.ad_id}")
    optional = {
        **creative(ad, rng),
        "bylines": ad.advertiser.funder if rng.random() < 0.93 else None,
        "languages": languages(ad, rng),
        "publisher_platforms": platforms(rng),
        "ad_delivery_stop_time": ad.stopped and ad.stopped.isoformat(),
        **figures(ad, rng),
        **(eu_fields(ad, rng) if ad.template.reach.startswith("eu") else {}),
    }
    created = ad.started - timedelta(days=rng.choice((0, 0, 1, 2)))
    return {
        "id": ad.ad_id,
        "ad_creation_time": created.isoformat(),
        "ad_delivery_start_time": ad.started.isoformat(),
        "page_id": ad.advertiser.page_id,
        "page_name": ad.page_name,
        **{key: value for key, value in optional.items() if value},
    }


def creative(ad: Ad, rng: random.Random) -> Json:
    """The text lists of the ad."""
    is_carousel = bool(ad.title) and rng.random() < 0.06
    language = ad.template.language.split("-")[0]
    described = language in {"az", "ru", "en", "tr"} and rng.random() < 0.3
    latin_only = ad.template.language not in {"az-Cyrl", "az-ascii"}
    described = described and latin_only
    has_link = rng.random() < 0.85
    return {
        "ad_creative_bodies": list(ad.bodies),
        "ad_creative_link_titles": [ad.title] * (3 if is_carousel else 1)
        if ad.title
        else None,
        "ad_creative_link_captions": [ad.advertiser.domain] if has_link else None,
        "ad_creative_link_descriptions": [
            rng.choice(slot_values("description", language))
        ]
        if described
        else None,
    }


def languages(ad: Ad, rng: random.Random) -> list[str]:
    """Language codes, sometimes the wrong one, sometimes none."""
    code = TAGS.get(ad.template.language, ad.template.language)
    if code != ad.template.language and rng.random() < 0.4:
        code = "az"
    return [] if not ad.bodies or rng.random() < 0.04 else [code]


def platforms(rng: random.Random) -> list[str]:
    """Where the ad ran, lower case as in the answers."""
    return rng.choice(
        (
            ["facebook", "instagram"],
            ["facebook", "instagram"],
            ["facebook"],
            ["instagram"],
            ["facebook", "instagram", "audience_network", "messenger"],
            ["facebook", "instagram", "threads"],
        )
    )


def figures(ad: Ad, rng: random.Random) -> Json:
    """Currency, spend, impressions, audience size and both distributions."""
    shown = min(950_000, max(60, int(rng.lognormvariate(9.1, 1.4))))
    if ad.ad_id in OPEN_IMPRESSIONS | OPEN_SPEND:
        shown = 1_000_000
    rate = RATES[ad.advertiser.currency]
    spent = int(shown / 1000 * rng.uniform(0.8, 5.5) * rate)
    spent = max(spent, 1_000_000) if ad.ad_id in OPEN_SPEND else min(spent, 950_000)
    has_spend, has_impressions = rng.random() > 0.02, rng.random() > 0.02
    audience = shown * rng.randint(2, 30)
    return {
        "currency": ad.advertiser.currency,
        "spend": bucket(SPEND_LADDER, spent, ad.bucket_steps) if has_spend else None,
        "impressions": bucket(IMPRESSIONS_LADDER, shown, ad.bucket_steps)
        if has_impressions
        else None,
        "estimated_audience_size": bucket(AUDIENCE_LADDER, audience)
        if rng.random() < 0.9
        else None,
        "demographic_distribution": demographics(rng) if has_impressions else None,
        "delivery_by_region": [
            {"percentage": fraction(count), "region": region}
            for region, count in ad.regions
        ]
        if has_impressions
        else None,
    }


def bucket(ladder: list[int], value: int, steps: int = 0) -> dict[str, str]:
    """The bucket of a value, `steps` buckets further up; the top one is open."""
    index = max(0, bisect_right(ladder, value) - 1)
    index = min(index + steps, max(index, len(ladder) - 2))
    bounds = {"lower_bound": str(ladder[index])}
    if index + 1 < len(ladder):
        bounds["upper_bound"] = str(ladder[index + 1] - 1)
    return bounds


def demographics(rng: random.Random) -> list[dict[str, str]]:
    """Shares by age and gender that sum to one; groups of no share are left out."""
    groups = [(age, gender) for age in AGES for gender in GENDERS]
    weights = [
        rng.uniform(0.2, 3) * (0.02 if gender == "unknown" else 1)
        for _, gender in groups
    ]
    counts = shares(weights)
    return [
        {"percentage": fraction(count), "age": age, "gender": gender}
        for (age, gender), count in zip(groups, counts, strict=True)
        if count
    ]


def fraction(millionths: int) -> str:
    """Millionths as Meta writes a share: `0.205739`, `0.2`, `1`."""
    return f"{millionths / 1_000_000:.6f}".rstrip("0").rstrip(".")


def eu_fields(ad: Ad, rng: random.Random) -> Json:
    """What Meta adds for ads that were shown in the EU."""
    breakdown = [
        {
            "country": country,
            "age_gender_breakdowns": [
                {"age_range": age, "male": rng.randint(1, 400), "female": count}
                for age in AGES
                if (count := rng.randint(0, 380))
            ],
        }
        for country in ("DE", "NL", "AT")
    ]
    places = DIASPORA_PLACES[ad.template.reach]
    return {
        "age_country_gender_reach_breakdown": breakdown,
        "eu_total_reach": reached(breakdown),
        "target_locations": [
            {"name": name, "num_obfuscated": 0, "type": kind, "excluded": excluded}
            for name, kind, excluded in places
        ],
        "target_ages": [str(rng.choice((18, 21, 25))), rng.choice(("54", "65+"))],
        "target_gender": rng.choice(("All", "All", "Women", "Men")),
        "beneficiary_payers": [
            {
                "payer": ad.advertiser.funder or ad.page_name,
                "beneficiary": ad.page_name,
                "current": True,
            }
        ],
    }


def reached(breakdown: list[Json]) -> int:
    """The sum of all counts of a breakdown."""
    return sum(
        group["male"] + group["female"]
        for country in breakdown
        for group in country["age_gender_breakdowns"]
    )


def top_ads(currencies: set[str], figure: str, count: int) -> frozenset[str]:
    """Ids of the ads chosen for an open top bucket."""
    early = [ad for ad in first_collection() if ad.advertiser.currency in currencies]
    early = [ad for ad in early if not ad.template.reach.startswith("eu")]
    return frozenset(ad.ad_id for ad in ranked(early, figure)[:count])


OPEN_IMPRESSIONS = top_ads(set(RATES), "impressions", OPEN_IMPRESSIONS_COUNT)
OPEN_SPEND = top_ads({"TRY", "RUB"}, "spend", OPEN_SPEND_COUNT)
