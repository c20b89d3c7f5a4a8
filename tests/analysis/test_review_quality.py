"""Agreement, precision and recall from reviews."""

import math
from typing import Any

import krippendorff
import numpy as np
import pytest

from analysis.review.agreement import (
    alpha,
    coded,
    raw_agreement,
    reliability,
    set_distances,
)
from analysis.review.quality import Coding, Figure, Outcome, figures


def pairs(both_yes: int, both_no: int, differ: int) -> list[list[str]]:
    return (
        [["yes", "yes"]] * both_yes
        + [["no", "no"]] * both_no
        + [["yes", "no"]] * differ
    )


def test_alpha_is_krippendorffs_own_example() -> None:
    """The reliability data of Krippendorff (2011), Computing alpha, part C: .743."""
    table = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    said = [[str(v) for v in unit if v] for unit in zip(*table, strict=True)]
    nominal = alpha(coded(said, "12345", "nominal"))
    assert nominal.value == pytest.approx(0.743, abs=0.001)
    assert nominal.low < nominal.value < nominal.high
    assert alpha(coded(said, "12345", "ordinal")).value == pytest.approx(
        0.815, abs=0.001
    )


APART = [
    ("", "", 0), ("T1 T3", "T1 T3", 0), ("", "T1", 1), ("T1", "T3", 1),
    ("T1", "T1 T3", 1 - 1 / 2 * 2 / 3), ("T1 T2", "T2 T3", 1 - 1 / 3 * 1 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "distance"), APART)
def test_sets_are_apart_by_what_they_do_not_share(
    one: str, other: str, distance: float
) -> None:
    found = set_distances([one, other])
    assert found[0, 1] == found[1, 0] == pytest.approx(distance)


CODES = [
    ["T1", "T1", "T1 T3"], ["", ""], ["T3", "T1 T3"], ["", "T7"], ["T7", "T7"],
    ["T1 T2", "T2 T3"], ["", "", ""], ["T1 T3", "T1 T3"], ["T9"], ["T1", "T1"],
]  # fmt: skip


def test_alpha_of_sets_is_that_of_the_package() -> None:
    order = sorted({codes for said in CODES[:8] for codes in said})
    texts = coded(CODES, (), "sets")
    apart = set_distances(order)
    metric: Any = lambda one, other, **_: apart[one, other]  # noqa: E731
    expected = krippendorff.alpha(
        value_counts=texts.counts, level_of_measurement=metric
    )
    found = alpha(texts)
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert found.low < found.value < found.high
    assert texts.texts_count == len(CODES) - 1


def test_sets_of_one_member_are_nominal_values() -> None:
    said = pairs(20, 30, 7)
    assert alpha(coded(said, (), "sets")) == pytest.approx(
        alpha(coded(said, ("no", "yes"), "nominal"))
    )


def test_alpha_is_unknown_where_all_say_the_same() -> None:
    texts = coded(pairs(0, 30, 0), ("no", "yes"), "nominal")
    assert math.isnan(alpha(texts).value)
    assert raw_agreement(texts) == 1


def test_a_text_of_one_coder_is_left_out() -> None:
    texts = coded([*pairs(5, 5, 2), ["yes"]], ("no", "yes"), "nominal")
    assert texts.texts_count == 12


STANDINGS = [
    (0.8, 200, 50, "publish"),
    (0.7999, 200, 50, "tentative"),
    (0.667, 200, 50, "tentative"),
    (0.66, 200, 50, "do not publish"),
    (0.95, 199, 50, "not established"),
    (0.95, 200, 49, "not established"),
    (math.nan, 400, 90, "not established"),
]


@pytest.mark.parametrize(("value", "texts", "positives", "standing"), STANDINGS)
def test_the_wording_follows_the_thresholds(
    value: float, texts: int, positives: int, standing: str
) -> None:
    assert reliability(value, texts, positives) == standing


def coding(text: str, coder: str, flag: str, **changed: Any) -> Coding:
    given: dict[str, Any] = {
        "coder_id": coder, "text_hash": text, "language": "az", "review_pass": "T",
        "review_round": 1, "queue": "flags", "stratum": "flagged",
        "stratum_texts_count": 0, "negative_class": "",
        "values": {
            "flag": flag, "voice": "V1", "direction": "toward_AZ", "target": "state",
            "severity": "3" if flag == "yes" else "0",
            "codes": "T1 T3" if flag == "yes" else "",
        },
    }  # fmt: skip
    return Coding(**{**given, **changed})


def found(rows: list[Figure], group: str, measure: str) -> Figure:
    (row,) = [
        row
        for row in rows
        if (row.group_name, row.review_measure) == (group, measure)
        and row.review_variable == "flag"
    ]
    return row


def panel() -> tuple[list[Coding], list[Outcome]]:
    """20 of 40 flags coded, 15 right; of 50 of 1,000 and 10 of 100 others 1 missed."""
    codings, outcomes = [], []
    plan = [
        ("flags", "flagged", "az", 40, 20, 15),
        ("sample", "az", "az", 1000, 50, 1),
        ("sample", "ru", "ru", 100, 10, 1),
    ]
    for queue, stratum, language, size, count, threats in plan:
        for number in range(count):
            text = f"{queue}-{stratum}-{number}"
            flag = "yes" if number < threats else "no"
            outcomes.append(Outcome(text, language, flag, queue == "flags"))
            codings += [
                coding(
                    text, coder, flag, language=language, queue=queue,
                    stratum=stratum, stratum_texts_count=size,
                )
                for coder in ("a", "b")
            ]  # fmt: skip
    return codings, outcomes


def test_recall_weighs_each_text_by_its_stratum() -> None:
    rows = figures(*panel())
    precision = found(rows, "all", "precision")
    assert precision.value == 15 / 20
    assert (precision.texts_count, precision.positives_count) == (20, 15)
    recall = found(rows, "all", "recall")
    hits, missed = 40 * 15 / 20, 1000 * 1 / 50 + 100 * 1 / 10
    assert recall.value == pytest.approx(hits / (hits + missed))
    assert recall.low < recall.value < recall.high
    assert recall.texts_count == 80


def test_every_variable_has_an_alpha_pooled_and_by_language() -> None:
    rows = [row for row in figures(*panel()) if row.review_measure == "alpha"]
    assert {(row.group_name, row.review_variable) for row in rows} == {
        (group, variable)
        for group in ("all", "language az", "language ru")
        for variable in ("flag", "voice", "direction", "target", "severity", "codes")
    }
    codes = {row.group_name: row for row in rows if row.review_variable == "codes"}
    assert codes["all"].value == 1
    assert codes["all"].texts_count == 80


def test_recall_is_unknown_without_a_sample_or_without_a_threat() -> None:
    codings, outcomes = panel()
    flags = [c for c in codings if c.queue == "flags"]
    assert math.isnan(found(figures(flags, outcomes), "all", "recall").value)
    harmless = [Outcome(o.text_hash, o.language, "no", False) for o in outcomes]
    assert math.isnan(found(figures(codings, harmless), "all", "recall").value)


def test_no_missed_threat_in_the_sample_is_no_certainty() -> None:
    codings, outcomes = panel()
    outcomes = [
        o if o.is_program_flag else Outcome(o.text_hash, o.language, "no", False)
        for o in outcomes
    ]
    recall = found(figures(codings, outcomes), "all", "recall")
    assert recall.value == 1
    assert recall.low < 0.95


def test_doubtful_texts_count_for_no_rate() -> None:
    codings, outcomes = panel()
    codings += [coding("x", "a", "no", queue="uncertain")]
    outcomes += [Outcome("x", "az", "no", True)]
    assert found(figures(codings, outcomes), "all", "precision").value == 15 / 20


def test_contested_texts_count_for_no_rate() -> None:
    codings, outcomes = panel()
    outcomes[0] = Outcome(outcomes[0].text_hash, "az", "contested", True)
    assert found(figures(codings, outcomes), "all", "precision").value == 14 / 19


def test_false_flags_are_counted_by_class() -> None:
    codings = [
        coding(str(n), "a", "no", negative_class="HN3", queue="uncertain")
        for n in range(10)
    ]
    outcomes = [Outcome(str(n), "az", "no", n < 2) for n in range(10)]
    row = found(figures(codings, outcomes), "class HN3", "false flags")
    assert (row.value, row.texts_count) == (0.2, 10)


def test_drift_compares_a_coder_with_themselves() -> None:
    codings = [coding(str(n), "a", "yes") for n in range(10)]
    codings += [
        coding(str(n), "a", "yes" if n else "no", review_round=2, queue="drift")
        for n in range(5)
    ]
    outcomes = [Outcome(str(n), "az", "yes", True) for n in range(10)]
    row = found(figures(codings, outcomes), "all", "agreement with oneself")
    assert (row.value, row.texts_count, row.coders_count) == (0.8, 5, 1)


def test_the_same_reviews_give_the_same_figures() -> None:
    first, second = figures(*panel()), figures(*panel())
    assert np.array_equal(
        [row[3:6] for row in first], [row[3:6] for row in second], equal_nan=True
    )


def test_no_review_gives_no_figure() -> None:
    assert figures([], []) == []
