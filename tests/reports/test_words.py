"""Ranges keep their open ends; levels keep the codebook's wording."""

from decimal import Decimal

import pytest

from reports.words import (
    audience_sentence,
    bounds,
    language_name,
    listed,
    safe_url,
    severity_name,
    short_bounds,
)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (Decimal(100), Decimal(199), "at least 100 and no more than 199 AZN"),
        (Decimal(1000), None, "at least 1,000 AZN, no upper bound given"),
        (None, Decimal(99), "no more than 99 AZN, no lower bound given"),
        (Decimal("0.5"), Decimal(1), "at least 0.50 and no more than 1 AZN"),
        (None, None, "not disclosed"),
    ],
)
def test_spend_is_a_range(
    low: Decimal | None, high: Decimal | None, expected: str
) -> None:
    assert bounds(low, high, "AZN") == expected


def test_an_open_end_stays_open_where_room_is_short() -> None:
    assert short_bounds(0, 99, "USD") == "0 to 99 USD"
    assert short_bounds(1000, None, "USD") == "1,000 USD or more"
    assert short_bounds(None, 99, "") == "99 or less"
    assert short_bounds(None, None, "USD") == "not disclosed"


@pytest.mark.parametrize(
    ("level", "evidence", "expected"),
    [
        (4, ["E1 targeting"], "was targeted at Azerbaijan, according to the platform"),
        (4, ["E2 93 %"], "was shown mainly in Azerbaijan, according to the platform"),
        (2, ["E4 text"], "addressed to Azerbaijani speakers"),
        (1, ["E10 page name"], "concerns Azerbaijan; audience unknown"),
        (None, [], "no statement about the audience"),
    ],
)
def test_audience_wording_is_the_codebooks(
    level: int | None, evidence: list[str], expected: str
) -> None:
    assert audience_sentence(level, evidence) == expected


def test_names_for_people() -> None:
    assert language_name("az-Cyrl") == "Azerbaijani in Cyrillic script"
    assert language_name(None) == "not determined"
    assert severity_name(3) == "3 explicit"
    assert listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://a.b", "https://a b", None]
)
def test_only_plain_https_is_linked(url: str | None) -> None:
    assert safe_url(url) == ""
