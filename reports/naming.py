"""Which advertisers the report names: not private persons, not tiny pages."""

from reports.clean import clip
from reports.database import Facts, Row

LONGEST_NAME = 80
# The evidence that quotes the advertiser's own name.
PAGE_NAME = "E10"


def is_named(row: Row, facts: Facts) -> bool:
    """Whether the advertiser of a row is named, by the newsroom's settings.

    A list of names or ids beats the count of ads, and to hold back beats to name.
    """
    known = {str(row.get("advertiser_id")), row.get("advertiser_name")}
    if known & set(facts.settings.never_name):
        return False
    if known & set(facts.settings.always_name):
        return True
    return (row["advertiser_ads_count"] or 0) >= facts.settings.name_from_ads


def advertiser(row: Row, facts: Facts, longest: int = LONGEST_NAME) -> str:
    """The advertiser as the library names it, or what stands in its place."""
    if not is_named(row, facts):
        return facts.say("evidence.named_not")
    return clip(row["advertiser_name"] or facts.say("evidence.no_name"), longest)


def funder(row: Row, facts: Facts) -> str:
    """Who paid, as the library tells; held back together with the advertiser."""
    name = row["funder"]
    if not name:
        return facts.say("evidence.no_funder")
    is_shown = is_named(row, facts) and name not in facts.settings.never_name
    return clip(name, LONGEST_NAME) if is_shown else facts.say("evidence.named_not")


def evidence(row: Row, facts: Facts) -> list[str]:
    """The evidence on the audience in words; a page name is shown if it may be named.

    An item is a code, its name in English and perhaps a value: `E9 … topic: bakı`.
    """
    say, found = facts.say, []
    for item in row["audience_evidence"] or []:
        code, _, rest = item.partition(" ")
        name, colon, value = rest.partition(": ")
        if code == PAGE_NAME and not is_named(row, facts):
            value = say("evidence.named_not")
        name = say.name("evidence_names", code, name)
        found.append(f"{code} {name}{colon}{say.evidence_value(value)}")
    return found
