"""The sentences of the report that are computed, each a count and nothing more."""

from collections import Counter
from decimal import Decimal

from reports.database import Facts, Row
from reports.words import amount, listed, plural, written

AUDIENCE_COUNTS = {
    4: "targeted at or shown mainly in Azerbaijan, according to the platform",
    3: "aimed at Azerbaijani audiences, on the evidence printed with each",
    2: "addressed to Azerbaijani speakers",
    1: "concerning Azerbaijan, audience unknown",
    0: "without evidence about the audience",
}


def key_figures(facts: Facts, ads: list[Row], quality: str) -> list[dict[str, str]]:
    """The key figures in order: a short head and its sentence.

    `quality` is the sentence on how good the program was; empty if not measured.
    """
    if not facts.counts["ads_count"]:
        head, text = "No ads", "The database holds no ad, so nothing was examined."
        return [{"head": head, "text": text}]
    figures = [collection(facts), flags(facts, ads)]
    if ads:
        figures += [audiences(ads), directions(ads), spend(ads), review(facts, ads)]
    if quality:
        figures.append({"head": "How often the program is right", "text": quality})
    return [*figures, shown_apart(facts)]


def collection(facts: Facts) -> dict[str, str]:
    """What was collected."""
    counts = facts.counts
    text = (
        f"{plural(counts['texts_count'], 'distinct text')} by "
        f"{plural(counts['advertisers_count'], 'advertiser')}, in ads that started "
        f"from {written(facts.first_started_date)} "
        f"to {written(facts.last_started_date)}. "
        "What a library did not hand out is not in this number."
    )
    return {"head": f"{plural(counts['ads_count'], 'ad')} examined", "text": text}


def flags(facts: Facts, ads: list[Row]) -> dict[str, str]:
    """How many ads are flagged, by what, and how many with an explicit act."""
    counts = facts.counts
    head = f"{plural(counts['flagged_ads_count'], 'ad')} flagged"
    if not ads:
        return {"head": head, "text": "No ad was flagged by a rule or by the score."}
    high = sum(bool(ad["is_high"]) for ad in ads)
    text = (
        f"They use {plural(counts['flagged_texts_count'], 'distinct text')}. "
        f"{high:,} of the {len(ads):,} are of severity 3 or 4 (an explicit act, or a "
        f"call to act now), {len(ads) - high:,} of severity 2 (veiled). {voices(ads)} "
        "A flag says nothing about truth, intent or who paid."
    )
    return {"head": head, "text": text}


def voices(ads: list[Row]) -> str:
    """How many ads rules and score agree on, and how many rest on one of them."""
    kinds = Counter(ad["flagged_by"] for ad in ads)
    names = {
        "rules and score": "by rules and score alike",
        "score": "by the score alone",
        "rules": "by rules alone",
        "person": "by a person alone",
    }
    parts = [f"{kinds[kind]:,} {name}" for kind, name in names.items() if kinds[kind]]
    return f"By what they are flagged: {listed(parts)}."


def audiences(ads: list[Row]) -> dict[str, str]:
    """The flagged ads by what is known of their audience."""
    levels = Counter(ad["audience_level"] or 0 for ad in ads)
    parts = [
        f"{levels[n]:,} {AUDIENCE_COUNTS[n]}" for n in (4, 3, 2, 1, 0) if levels[n]
    ]
    return {"head": "Audience of the flagged ads", "text": f"{'; '.join(parts)}."}


def directions(ads: list[Row]) -> dict[str, str]:
    """The flagged ads by whom they speak to, which the codebook keeps apart."""
    kinds = Counter(ad["configuration"] or "unknown" for ad in ads)
    speaks = {
        "intimidation": "speak to Azerbaijani audiences (codebook: “intimidation”)",
        "incitement": "speak to others about Azerbaijan (codebook: “incitement”)",
        "both": "speak to both",
        "unknown": "have an audience that the evidence does not settle",
    }
    parts = [
        f"{count:,} {speaks.get(kind, kind)}" for kind, count in sorted(kinds.items())
    ]
    return {"head": "To whom they speak", "text": f"{listed(parts)}."}


def spend(ads: list[Row]) -> dict[str, str]:
    """The whole range of spend in each currency, and what is not disclosed."""
    parts = []
    for currency in sorted({ad["currency_code"] for ad in ads if ad["currency_code"]}):
        own = [ad for ad in ads if ad["currency_code"] == currency]
        parts.append(spend_of(own, currency))
    hidden = sum(ad["spend_min"] is None and ad["spend_max"] is None for ad in ads)
    text = f"{capital('; '.join(parts))}. " if parts else ""
    text += f"For {plural(hidden, 'flagged ad')} no spend is disclosed. "
    text += "Sums of the libraries’ own ranges, never converted."
    return {"head": "Disclosed spend on flagged ads", "text": text}


def spend_of(ads: list[Row], currency: str) -> str:
    """The sum of the lower bounds, and of the upper ones where none is missing."""
    low = sum((ad["spend_min"] or Decimal(0) for ad in ads), Decimal(0))
    highs = [ad["spend_max"] for ad in ads if ad["spend_max"] is not None]
    missing = len(ads) - len(highs)
    number = plural(len(ads), "ad")
    if missing:
        return (
            f"at least {amount(low)} {currency} for {number}, no upper bound for the "
            f"sum because {missing:,} of them {'has' if missing == 1 else 'have'} none"
        )
    high = amount(sum(highs))
    return f"at least {amount(low)} and no more than {high} {currency} for {number}"


def review(facts: Facts, ads: list[Row]) -> dict[str, str]:
    """How much of it a person has looked at."""
    reviewed, waiting = sum(bool(ad["is_reviewed"]) for ad in ads), ""
    if count := facts.counts["review_ads_count"]:
        verb = "waits" if count == 1 else "wait"
        waiting = (
            f" {plural(count, 'more ad')} {verb} for a person’s decision, not flagged."
        )
    if not reviewed:
        text = "A program made every flag; each is to be checked before use."
        return {"head": "No flag reviewed by a person", "text": text + waiting}
    text = f"The other {len(ads) - reviewed:,} rest on the program alone."
    head = f"{reviewed:,} of {len(ads):,} flagged ads reviewed by a person"
    return {"head": head, "text": text + waiting}


def shown_apart(facts: Facts) -> dict[str, str]:
    """What looks alike and is not counted as flagged."""
    text = (
        "As the program reads them, "
        f"{plural(facts.counts['reported_ads_count'], 'ad')} report or reject a threat "
        "made by somebody else; they are coverage and are listed in a section of their "
        f"own. {plural(facts.counts['by_az_ads_count'], 'ad')} carry such rhetoric in "
        "the other direction, from Azerbaijan towards others. "
        f"{plural(facts.counts['challenge_ads_count'], 'ad')} "
        f"{'makes' if facts.counts['challenge_ads_count'] == 1 else 'make'} a peaceful "
        "case for autonomy or the like; that is never called a threat."
    )
    return {"head": "Counted apart, not flagged", "text": text}


def challenges(facts: Facts) -> str:
    """How many ads challenge borders peacefully, which is all that is said of them."""
    count = facts.counts["challenge_ads_count"]
    number = "No ad was" if not count else plural(count, "ad")
    number += "" if not count else " was" if count == 1 else " were"
    return (
        f"{number} read by the program as a peaceful case for autonomy, secession or "
        "another border. Peaceful advocacy is no threat: it is counted, and neither "
        "flagged nor quoted here."
    )


def scored(facts: Facts) -> str:
    """How many texts have a score, and what holds where none has."""
    count, total = facts.counts["scored_texts_count"], facts.counts["texts_count"]
    if not count:
        return "No text here has a score, so the rules decided alone."
    return f"{count:,} of {plural(total, 'distinct text')} here have a score."


def capital(text: str) -> str:
    """`text` with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
