"""Where an invented ad was shown: region names as Meta writes them, and shares."""

import random

from sample_text import HERE, table

TAILS = ["Kvemo Kartli", "Tbilisi", "Istanbul Province", "Iğdır Province", "Moscow"]


def delivery(reach: str, rng: random.Random) -> tuple[tuple[str, int], ...]:
    """Regions and their millionths of the delivery, largest first."""
    market = reach[:2] or "az"
    weights = picked(market, rng)
    if reach == "eu_excluded":
        weights |= {"Tbilisi": 60, "Istanbul Province": 40}
    elif market == "az":
        weights |= abroad(rng)
    elif market in {"ru", "eu"} or rng.random() < 0.6:
        weights |= scaled(picked("az", rng), sum(weights.values()), rng)
    counts = shares(list(weights.values()))
    pairs = [(name, n) for name, n in zip(weights, counts, strict=True) if n]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def picked(market: str, rng: random.Random) -> dict[str, float]:
    """Some regions of a market with weights around the usual ones."""
    usual = REGIONS[market]
    names = list(usual)
    most = min(len(names) - 1, rng.choice((3, 6, 12, 33)))
    rest = rng.sample(names[1:], rng.randint(0, most))
    return {name: usual[name] * rng.uniform(0.5, 1.6) for name in [names[0], *rest]}


def abroad(rng: random.Random) -> dict[str, float]:
    """A tail of foreign regions, for every third ad."""
    if rng.random() > 0.35:
        return {}
    chosen = rng.sample([*TAILS, *REGIONS["other"]], rng.randint(1, 4))
    return {name: rng.uniform(0.5, 12) for name in chosen}


def scaled(
    weights: dict[str, float], total: float, rng: random.Random
) -> dict[str, float]:
    """The Azerbaijani part of an ad shown mainly abroad: 1 to 30 % of it."""
    share = rng.choice((0.01, 0.03, 0.06, 0.12, 0.3))
    factor = total * share / (1 - share) / sum(weights.values())
    return {name: weight * factor for name, weight in weights.items()}


def shares(weights: list[float]) -> list[int]:
    """Millionths that sum to one million exactly (largest remainder)."""
    total = sum(weights)
    exact = [weight / total * 1_000_000 for weight in weights]
    floors = [int(value) for value in exact]
    missing = 1_000_000 - sum(floors)
    order = sorted(range(len(exact)), key=lambda i: floors[i] - exact[i])
    for index in order[:missing]:
        floors[index] += 1
    return floors


def countries(regions: tuple[tuple[str, int], ...]) -> frozenset[str]:
    """The countries among the three asked for in which the ad was shown."""
    names = {name for name, _ in regions}
    return frozenset(
        code
        for market, code in (("az", "AZ"), ("ge", "GE"), ("tr", "TR"))
        if names & REGIONS[market].keys()
    )


def read_regions() -> dict[str, dict[str, float]]:
    """Usual weights by market and region."""
    regions: dict[str, dict[str, float]] = {}
    for row in table(HERE / "regions.csv"):
        regions.setdefault(row["market"], {})[row["region"]] = float(row["weight"])
    return regions


REGIONS = read_regions()
