"""Every language says the same; ranges keep their open ends; levels their wording."""

import csv
import re
import string
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.clean import visible
from reports.language import LANGUAGES, language, safe_url

EN, AZ = language("en"), language("az")


def leaves(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language by its dotted key."""
    if isinstance(words, dict):
        for key, value in words.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(words, list):
        for number, value in enumerate(words):
            yield from leaves(value, f"{path}.{number}")
    else:
        yield path, words


def fields(text: str) -> set[str]:
    """The fields that a text leaves to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_keys_and_fields(code: str) -> None:
    english, other = dict(leaves(EN.words)), dict(leaves(language(code).words))
    # A language without a plural after numbers needs no form for one.
    missing = {key for key in english.keys() - other.keys() if not key.endswith("_one")}
    assert not missing
    assert not other.keys() - english.keys()
    for key, text in other.items():
        assert fields(text) == fields(english[key]), key


def test_azerbaijani_is_not_left_in_english() -> None:
    english, other = dict(leaves(EN.words)), dict(leaves(AZ.words))
    same = {key for key, text in other.items() if text == english[key] and key != ""}
    allowed = (
        r"number\.(thousands|decimal|.*months.*)|.*F1|.*f1\.0|.*head\.\d|.*\.key\..*"
    )
    assert not {
        key
        for key in same
        if not re.fullmatch(allowed, key)
        and len(re.findall("[a-z]{3,}", other[key])) > 2
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_fixed_word_can_be_printed(code: str) -> None:
    for key, text in leaves(language(code).words):
        assert visible(text) == text.strip(" ") or key.startswith("number."), key


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
    assert EN.bounds(low, high, "AZN") == expected


def test_a_range_without_a_unit_has_no_gap() -> None:
    assert EN.bounds(1000, None) == "at least 1,000, no upper bound given"
    assert EN.bounds(1, 2) == "at least 1 and no more than 2"


def test_an_open_end_stays_open_where_room_is_short() -> None:
    assert EN.short_bounds(0, 99, "USD") == "0 to 99 USD"
    assert EN.short_bounds(1000, None, "USD") == "1,000 USD or more"
    assert EN.short_bounds(None, 99, "") == "99 or less"
    assert EN.short_bounds(None, None, "USD") == "not disclosed"


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
    assert EN.audience_sentence(level, evidence) == expected


def test_numbers_dates_and_plurals_of_each_language() -> None:
    assert EN.number(1234567.5, 1) == "1,234,567.5"
    assert AZ.number(1234567.5, 1) == "1\u00a0234\u00a0567,5"
    assert EN.number(-3) == "\u22123"
    assert (EN.count(1, "ad"), EN.count(2, "ad")) == ("1\u00a0ad", "2\u00a0ads")
    assert AZ.count(2, "ad") == "2\u00a0reklam"
    assert EN.percent(0.891) == "89 %"
    assert AZ.percent(0.0891, 1) == "8,9%"


def test_names_for_people() -> None:
    assert EN.language_name("az-Cyrl") == "Azerbaijani in Cyrillic script"
    assert EN.language_name(None) == "not determined"
    assert EN.language_name("xx") == "language code xx"
    assert EN.severity_name(3) == "3 explicit"
    assert EN.listed(["a", "b", "c"]) == "a, b and c"
    assert AZ.listed(["a", "b", "c"]) == "a, b və c"


def test_values_of_evidence_are_in_the_words_of_the_report() -> None:
    assert EN.evidence_value("99.7 %") == "99.7 %"
    assert AZ.evidence_value("99.7 %") == "99,7%"
    assert AZ.evidence_value("15 at level 3 or 4") == "15, səviyyə 3 və ya 4"
    assert AZ.evidence_value("of fewer than 1,000 views") == "1 000-dən az baxışda"
    assert AZ.evidence_value("bakı, gəncə 7") == "bakı, gəncə 7"


def test_a_text_without_a_translation_stands_in_english() -> None:
    row = {"rule_title": "A claim", "rule_title_az": "İddia", "note": None}
    assert (EN.own(row, "rule_title"), AZ.own(row, "rule_title")) == (
        "A claim",
        "İddia",
    )
    assert AZ.own({**row, "rule_title_az": None}, "rule_title") == "A claim"
    assert AZ.own(row, "note") == ""


def test_braces_in_a_name_are_words() -> None:
    assert "{0.__class__}" in EN("evidence.same", ads="{0.__class__}")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://a.b", "https://a b", None]
)
def test_only_plain_https_is_linked(url: str | None) -> None:
    assert safe_url(url) == ""


def test_every_evidence_code_has_its_words() -> None:
    with Path("seeds/evidence.csv").open(encoding="utf-8", newline="") as file:
        names = {row["evidence_code"]: row["name"] for row in csv.DictReader(file)}
    assert EN.entry("evidence_names") == names
    assert set(AZ.entry("evidence_names")) == set(names)
