"""The codebook's words for codes, levels and ranges; nothing here is stronger."""

import re
from datetime import date
from decimal import Decimal

from reports.database import Row

CODES = {
    "T1": "threat of force or war",
    "T2": "conditional or veiled warning",
    "T3": "annexation or territorial claim",
    "T4": "denial of statehood or legitimacy",
    "T5": "separatism",
    "T5a": "separatism: outside actor threatens to use a minority",
    "T5b": "separatism: call to armed or violent separatism",
    "T5c": "separatism: peaceful advocacy by members of the group",
    "T6": "coup or violent regime change",
    "T7": "coercion: supplies, routes, trade, money, migrants",
    "T8": "intimidation of diaspora",
    "T9": "dehumanisation or elimination",
}
SEVERITIES = {2: "veiled", 3: "explicit", 4: "inciting or eliminationist"}
LIBRARIES = {
    "meta": "Meta Ad Library",
    "google": "Google Ads Transparency Center",
    "tiktok": "TikTok Commercial Content Library",
    "snap": "Snap Political Ads Library",
    "microsoft": "Microsoft Ad Library",
    "linkedin": "LinkedIn Ad Library",
    "x": "X Ads Repository",
}
LANGUAGES = {
    "az": "Azerbaijani",
    "en": "English",
    "fa": "Persian",
    "hy": "Armenian",
    "ka": "Georgian",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
SCRIPTS = {
    "arab": "in Arabic script",
    "ascii": "in plain ASCII letters",
    "cyrl": "in Cyrillic script",
    "latn": "in Latin script",
}
LOCI = {
    "AZ_resident": "residents of Azerbaijan",
    "diaspora_RU": "diaspora in Russia",
    "diaspora_TR": "diaspora in Türkiye",
    "GE_Kvemo_Kartli": "Azerbaijanis of Kvemo Kartli, Georgia",
    "IR_Azerbaijani": "Azerbaijanis of Iran",
    "diaspora_EU_other": "diaspora in the EU and elsewhere",
    "az_speaking_unspecified": "Azerbaijani speakers, place unspecified",
    "mixed": "in and outside Azerbaijan",
    "not_AZ": "not Azerbaijani",
}
# Section 6 of the codebook: texts that must not be flagged.
HARD_NEGATIVES = {
    "HN1": "news report of a threat",
    "HN2": "condemnation of a threat, fact-check",
    "HN3": "commemoration of January 1990, Khojaly, Ganja, 1920",
    "HN4": "Armenian genocide or Artsakh commemoration, church heritage",
    "HN5": "refugees’ right of return, prisoners, court cases",
    "HN6": "criticism of the government",
    "HN7": "peaceful protest, opposition, elections",
    "HN8": "minority language and culture",
    "HN9": "history of 1918–1920 and Soviet times",
    "HN10": "news of the peace treaty and the corridor",
    "HN11": "military news by Azerbaijan, deterrence, recruitment",
    "HN12": "Azerbaijani claims on others’ land",
    "HN13": "football and sport",
    "HN14": "games and films",
    "HN15": "tourism, return to Karabakh, property, shopping",
    "HN16": "notices on utilities and weather",
    "HN17": "customs, visa or tariff news",
    "HN18": "crime news about named suspects",
    "HN19": "diplomatic caution",
    "HN20": "anti-war slogans",
    "HN21": "protest about a speech that is no threat",
}
VOICES = {"V3": "reported without stance", "V4": "quoted in order to reject it"}


def code_name(code: str) -> str:
    """The codebook's name of a code; the bare code where it has none."""
    return CODES.get(code, "code not named in the codebook")


def severity_name(severity: int | None) -> str:
    """A severity as number and name, `3 explicit`."""
    return (
        "not set" if severity is None else f"{severity} {SEVERITIES.get(severity, '')}"
    )


def library_name(library: str) -> str:
    """The library's own name."""
    return LIBRARIES.get(library, library)


def language_name(code: str | None) -> str:
    """The language in English, with its script where that is unusual."""
    if not code:
        return "not determined"
    language, _, script = code.partition("-")
    name = LANGUAGES.get(language, f"language code {language}")
    return f"{name} {SCRIPTS.get(script.lower(), '')}".strip()


def audience_sentence(level: int | None, evidence: list[str]) -> str:
    """The wording that the codebook, section 5.2, allows for a level."""
    ids = {item.split()[0] for item in evidence if item.strip()}
    if level == 4 and ids & {"E1", "E3"}:
        return "was targeted at Azerbaijan, according to the platform"
    if level == 4:
        return "was shown mainly in Azerbaijan, according to the platform"
    return {
        3: "aimed at Azerbaijani audiences, on the evidence given here",
        2: "addressed to Azerbaijani speakers",
        1: "concerns Azerbaijan; audience unknown",
    }.get(level or 0, "no statement about the audience")


def spend_range(ad: Row) -> str:
    """The library's range of spend for one ad, in words."""
    return bounds(ad["spend_min"], ad["spend_max"], ad["currency_code"] or "")


def bounds(low: Decimal | int | None, high: Decimal | int | None, unit: str) -> str:
    """A range in words that keeps an open end open."""
    if low is None and high is None:
        return "not disclosed"
    if high is None and low is not None:
        return f"at least {amount(low)} {unit}, no upper bound given".replace(" ,", ",")
    if low is None and high is not None:
        return f"no more than {amount(high)} {unit}, no lower bound given".strip()
    return f"at least {amount(low)} and no more than {amount(high)} {unit}".strip()


def short_bounds(
    low: Decimal | int | None, high: Decimal | int | None, unit: str
) -> str:
    """A range as a table has room for, `0 to 99 USD`, an open end still open."""
    if low is None and high is None:
        return "not disclosed"
    if low is None or high is None:
        known, side = (low, "or more") if high is None else (high, "or less")
        return f"{amount(known)} {unit} {side}".replace("  ", " ")
    return f"{amount(low)} to {amount(high)} {unit}".strip()


def amount(number: Decimal | float | None) -> str:
    """A number with thousands, and decimals only where there are any."""
    value = Decimal(str(number or 0))
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def score(value: float) -> str:
    """A score or a threshold with a true minus sign."""
    return f"{value:.3f}".replace("-", "\u2212")


def plural(count: int, noun: str) -> str:
    """A count with its noun, `1 ad`, `2,000 ads`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(items: list[str]) -> str:
    """Items as a sentence joins them, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if items[1:] else items)


def written(day: date | None) -> str:
    """A date as it is printed, `3 September 2025`."""
    return "not given" if day is None else f"{day.day} {day:%B %Y}"


def short_date(day: date | None) -> str:
    """A date where room is short, `3 Sep 2025`."""
    return "not given" if day is None else f"{day.day} {day:%b %Y}"


def safe_url(url: str | None) -> str:
    """`url` when it is a plain https address that a reader may follow, else nothing."""
    return url if url and re.fullmatch(r"https://[!-~]{1,500}", url) else ""
