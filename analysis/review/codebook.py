"""What a coder may say of a text, and the flag that follows from it (codebook 3, 4)."""

from collections.abc import Collection

VERSION = "0.1"

CODES = {
    "T1": "threat of force or war",
    "T2": "conditional or veiled warning",
    "T3": "annexation or territorial claim",
    "T4": "denial of statehood",
    "T5a": "separatism used from outside",
    "T5b": "armed separatism",
    "T5c": "peaceful separatism (never a threat)",
    "T6": "coup or violent regime change",
    "T7": "coercion: energy, water, routes, trade",
    "T8": "intimidation of the diaspora",
    "T9": "dehumanisation or elimination",
}
VOICES = {
    "V1": "own: the advertiser says it",
    "V2": "endorsed quote",
    "V3": "neutral report",
    "V4": "condemned, mocked or refuted",
    "V5": "satire against the threat",
    "V6": "fiction, game, sport, film",
    "V7": "unclear: cannot tell",
}
DIRECTIONS = {
    "toward_AZ": "towards Azerbaijan",
    "BY_AZ": "by Azerbaijan towards others",
    "third_party": "between others",
    "mutual": "both ways",
    "none": "none",
}
POLARITIES = {
    "asserted": "asserted",
    "conditional": "conditional",
    "aspirational": "wished",
    "question_as_assertion": "a question that asserts",
    "hypothetical": "hypothetical, analysis",
    "negated": "negated",
    "denied": "denied afterwards",
    "historical": "historical",
    "none": "none: no harm is spoken of",
}
TARGETS = {
    "none": "none",
    "state": "the state",
    "leadership": "its leadership",
    "territory": "territory",
    "constitutional_order": "constitutional order",
    "infrastructure": "energy, water, transport",
    "economy": "economy",
    "armed_forces": "armed forces",
    "people": "its people",
    "diaspora": "Azerbaijanis abroad",
    "region_implicit": "a region, Azerbaijan unnamed",
}
SEVERITIES = {
    "0": "none",
    "1": "hostile, no harm now",
    "2": "veiled",
    "3": "explicit act",
    "4": "inciting or eliminationist",
}
CONFIDENCES = {"1": "low", "2": "middle", "3": "high"}
# Codebook 6: why a text that looks like a threat is none.
NEGATIVE_CLASSES = {
    "HN1": "news report of a threat",
    "HN2": "condemns a threat",
    "HN3": "commemoration in Azerbaijan",
    "HN4": "Armenian commemoration",
    "HN5": "refugees, prisoners, courts",
    "HN6": "criticism of the government",
    "HN7": "protest, opposition, election",
    "HN8": "minority language, culture",
    "HN9": "history education",
    "HN10": "peace treaty, corridor news",
    "HN11": "military news by Azerbaijan",
    "HN12": "Azerbaijani claims on others",
    "HN13": "football and sport",
    "HN14": "games, films",
    "HN15": "tourism, real estate, shopping",
    "HN16": "utility and weather",
    "HN17": "customs, tariff, visa news",
    "HN18": "crime news",
    "HN19": "diplomatic caution",
    "HN20": "anti-war slogan",
    "HN21": "protest about a harmless speech",
}
PASSES = {"T": "text only", "C": "in context", "A": "adjudication"}

NEVER_FLAGGED = {"T5c"}
NOT_NOW = {"negated", "hypothetical", "historical"}


def decision_of(
    codes: Collection[str],
    voice: str,
    polarity: str,
    direction: str,
    target: str,
    severity: int,
) -> str:
    """`yes`, `no`, or `unclear` where only voice or target is (codebook 4.1)."""
    is_threat = (
        bool(set(codes) - NEVER_FLAGGED)
        and direction == "toward_AZ"
        and polarity not in NOT_NOW
        and severity >= 2
        and target != "none"
    )
    if not is_threat or voice not in ("V1", "V2", "V7"):
        return "no"
    return "unclear" if voice == "V7" or target == "region_implicit" else "yes"
