"""Decisions: the flag they make, the files they stand in, and what they change."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from analysis.build import CHECKS
from analysis.errors import AnalysisError
from analysis.review.codebook import decision_of
from analysis.review.decisions import COLUMNS, Decision, ReviewError, decision_from
from analysis.review.files import (
    append,
    append_all,
    cut_torn_line,
    path_of,
    read_decisions,
    written,
)
from analysis.review.labels import reviewed_texts
from analysis.texts import database_of_tables
from tests.analysis.model_case import database, rows

HASH = "a" * 64
ROW = {
    "decision_id": "anna-00001", "coder_id": "anna",
    "decided_at": "2026-11-22T10:00:00Z", "review_pass": "T", "review_round": "1",
    "queue": "flags", "stratum": "flagged", "stratum_texts_count": "40",
    "text_hash": HASH, "codes": "T3 T1", "voice": "V1", "polarity": "asserted",
    "direction": "toward_AZ", "threat_target": "territory", "severity": "3",
    "coder_confidence": "2", "decision": "", "negative_class": "", "review_note": "",
    "codebook_version": "0.1", "is_withdrawn": "no", "translation": "",
}  # fmt: skip

THREAT: dict[str, Any] = {
    "codes": ["T1"], "voice": "V1", "polarity": "asserted", "direction": "toward_AZ",
    "target": "state", "severity": 3,
}  # fmt: skip
RULINGS = [
    ({}, "yes"),
    ({"voice": "V2"}, "yes"),
    ({"polarity": "denied"}, "yes"),
    ({"polarity": "conditional", "severity": 2}, "yes"),
    ({"voice": "V7"}, "unclear"),
    ({"target": "region_implicit"}, "unclear"),
    ({"voice": "V3"}, "no"),
    ({"voice": "V4"}, "no"),
    ({"codes": ["T5c"]}, "no"),
    ({"codes": []}, "no"),
    ({"direction": "BY_AZ"}, "no"),
    ({"direction": "third_party", "voice": "V7"}, "no"),
    ({"polarity": "negated"}, "no"),
    ({"polarity": "hypothetical"}, "no"),
    ({"polarity": "historical"}, "no"),
    ({"severity": 1}, "no"),
    ({"target": "none"}, "no"),
]


@pytest.mark.parametrize(("changed", "decision"), RULINGS)
def test_the_flag_follows_the_codebook(changed: dict[str, Any], decision: str) -> None:
    assert decision_of(**{**THREAT, **changed}) == decision


def test_a_row_is_read_and_written_the_same() -> None:
    decision = decision_from(ROW, "line 2")
    assert decision.codes == ("T1", "T3")
    assert decision.decision == "yes"
    assert decision_from(decision.row(), "line 2") == decision


WRONG = [
    ({"voice": "V8"}, "voice 'V8' is unknown; write one of V1"),
    ({"codes": "T1 T77"}, "unknown code 'T77'"),
    ({"text_hash": "123"}, "text_hash '123' has not its form"),
    ({"coder_id": "../x"}, "coder_id '../x' has not its form"),
    ({"decided_at": "2026-13-45T10:00:00Z"}, "is no time"),
    ({"severity": "5"}, "severity '5' is unknown"),
    ({"codes": ""}, "severity 3 needs a code"),
    ({"decision": "no"}, "the codebook (4.1) makes it 'yes'"),
    ({"review_note": "=HYPERLINK(1)"}, "begins like a formula"),
    ({"review_note": "a\nb"}, "cannot be seen"),
    ({"translation": "+1"}, "translation begins like a formula"),
    ({"translation": "a" * 5001}, "longer than 5000 letters"),
    ({"review_pass": "A"}, "needs its reason"),
    ({"negative_class": "HN99"}, "negative_class 'HN99' is unknown"),
]


@pytest.mark.parametrize(("changed", "complaint"), WRONG)
def test_a_wrong_decision_is_refused_with_its_place(
    changed: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ReviewError) as caught:
        decision_from({**ROW, **changed}, "decisions-anna.csv line 7")
    assert str(caught.value).startswith("decisions-anna.csv line 7: ")
    assert complaint in str(caught.value)


def decision(number: int = 1, coder_id: str = "anna", **changed: Any) -> Decision:
    row = {**ROW, "coder_id": coder_id, "decision_id": f"{coder_id}-{number:05}"}
    return replace(decision_from(row, ""), **changed)


def test_decisions_are_added_and_read_in_order(tmp_path: Path) -> None:
    first, second = decision(1), decision(2, text_hash="b" * 64)
    append(tmp_path, first)
    append_all(tmp_path, [second])
    assert read_decisions(tmp_path) == [first, second]


def test_a_file_from_before_translations_goes_on(tmp_path: Path) -> None:
    first = decision(1, review_note='said "so"')
    path = path_of(tmp_path, "anna")
    path.parent.mkdir()
    old = [line.removesuffix(",") for line in lines(first).splitlines()]
    path.write_text("\n".join([old[0].removesuffix(",translation"), old[1], ""]))
    assert read_decisions(tmp_path) == [first]
    second = decision(2, text_hash="b" * 64, translation="we will come")
    append(tmp_path, second)
    third = decision(3, text_hash="c" * 64)
    append_all(tmp_path, [third])
    assert read_decisions(tmp_path) == [first, second, third]
    assert path.read_text().count("decision_id") == 1


def test_a_withdrawn_decision_stays_and_frees_the_text(tmp_path: Path) -> None:
    append(tmp_path, decision(1))
    append(tmp_path, decision(1, is_withdrawn=True))
    append(tmp_path, decision(2))
    found = read_decisions(tmp_path)
    assert [(d.decision_id, d.is_withdrawn) for d in found] == [
        ("anna-00001", True), ("anna-00002", False),
    ]  # fmt: skip


def lines(*decisions: Decision) -> str:
    return written(decisions, with_head=True)


HOSTILE_FILES = [
    (lines(decision(1), decision(2)), "line 3: anna decided this text already"),
    (lines(decision(1), decision(1)), "line 3: anna-00001 is used twice"),
    (lines(decision(1, is_withdrawn=True)), "line 2: takes back anna-00001"),
    (lines(decision(1, coder_id="eve")), "line 2: coder eve has a file of their own"),
    (lines(decision(1)).replace("V1", "V0"), "line 2: voice 'V0' is unknown"),
    (lines(decision(1)).replace(",yes,", ",no,", 1), "line 2: decision 'no', but"),
    (lines(decision(1)).replace(",voice,", ",Voice,"), "line 1: columns must be"),
    (lines(decision(1)).replace("\n", ",x\n"), "line 1: columns must be"),
    (lines(decision(1)) + "a,b\n", "line 3: wrong number of values"),
    (lines(decision(1)) + 'x,"open\n', "line 3"),
    (lines(decision(1))[:-20], "the last line is cut off"),
]


@pytest.mark.parametrize(("content", "complaint"), HOSTILE_FILES)
def test_a_hostile_file_is_refused_by_line(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = path_of(tmp_path, "anna")
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnalysisError, match=r"decisions-anna\.csv") as caught:
        read_decisions(tmp_path)
    assert complaint in str(caught.value)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = path_of(tmp_path, "anna")
    path.parent.mkdir()
    path.write_text("\ufeff" + lines(decision(1)), encoding="utf-8")
    assert read_decisions(tmp_path) == [decision(1)]


def test_a_line_that_a_crash_cut_off_is_taken_away(tmp_path: Path) -> None:
    append(tmp_path, decision(1))
    path = path_of(tmp_path, "anna")
    whole = path.read_bytes()
    path.write_bytes(whole + b"anna-00002,anna,2026")
    cut_torn_line(tmp_path, "anna")
    assert path.read_bytes() == whole


# Whose decisions an archive shows.


def coders(archive: Path, *, is_invented: bool) -> set[str]:
    given = {
        "staging.archives": pa.Table.from_pylist([{"is_invented": is_invented}]),
    }
    wanted = ["staging.review_decisions"]
    with database_of_tables(given, wanted, archive / "cache") as connection:
        sql = "select distinct coder_id from staging.review_decisions"
        return {coder for (coder,) in connection.execute(sql).fetchall()}


def test_invented_decisions_stand_only_where_the_ads_are_invented(
    tmp_path: Path,
) -> None:
    assert coders(tmp_path, is_invented=True) == {"invented-1", "invented-2"}
    assert coders(tmp_path, is_invented=False) == set()


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_the_first_decision_of_a_person_takes_the_place_of_invented_ones(
    is_withdrawn: bool, tmp_path: Path
) -> None:
    append(tmp_path, decision())
    if is_withdrawn:
        append(tmp_path, decision(is_withdrawn=True))
    assert coders(tmp_path, is_invented=True) == {"anna"}


@pytest.mark.parametrize(("coder", "fails"), [("invented-1", True), ("anna", False)])
def test_an_invented_coder_in_a_collected_archive_stops_the_build(
    coder: str, fails: bool
) -> None:
    claim = CHECKS / "review_decisions__are_of_the_archive.sql"
    given = {"staging.review_decisions": [spoken(coder, "yes")]}
    with database(given, ["staging.review_decisions"]) as connection:
        found = connection.execute(claim.read_text(encoding="utf-8")).fetchall()
    assert bool(found) == fails


def test_invented_decisions_train_nothing(sample: Path) -> None:
    assert list(reviewed_texts(sample)) == []


# What coders together decide, and what that makes of the program's verdict.


def spoken(
    coder: str, decision: str, review_pass: str = "C", **changed: Any
) -> dict[str, Any]:
    return {
        "decision_id": f"{coder}-{review_pass}", "coder_id": coder, "text_hash": "t",
        "review_pass": review_pass, "queue": "flags", "codes": ["T1"], "voice": "V1",
        "direction": "toward_AZ", "decision": decision, "review_round": 1,
        "severity": 3, "is_withdrawn": False, "decided_at": "2026-11-22",
        "translation": None, **changed,
    }  # fmt: skip


PANELS = [
    ([spoken("a", "yes")], "yes"),
    ([spoken("a", "no")], "no"),
    ([spoken("a", "yes"), spoken("b", "no")], "contested"),
    ([spoken("a", "yes"), spoken("b", "no"), spoken("c", "no")], "no"),
    ([spoken("a", "yes"), spoken("b", "no"), spoken("c", "unclear")], "contested"),
    ([spoken("a", "unclear")], "unclear"),
    ([spoken("a", "no", "T"), spoken("a", "yes", "C")], "yes"),
    (
        [spoken("a", "yes"), spoken("a", "no", "T", review_round=2, queue="drift")],
        "yes",
    ),
    (
        [spoken("a", "yes"), spoken("a", "no", review_round=2, queue="corrections")],
        "no",
    ),
    ([spoken("a", "yes"), spoken("b", "no"), spoken("c", "yes", "A")], "yes"),
    ([spoken("a", "yes"), spoken("b", "no"), spoken("c", "unclear", "A")], "contested"),
    ([spoken("a", "yes"), spoken("b", "no", is_withdrawn=True)], "yes"),
]


@pytest.mark.parametrize(("said", "outcome"), PANELS)
def test_a_panel_decides_by_majority_or_is_contested(
    said: list[dict[str, Any]], outcome: str
) -> None:
    given = {"staging.review_decisions": said}
    with database(given, ["flags.text_reviews"]) as connection:
        (found,) = rows(connection, "select review_outcome from flags.text_reviews")
    assert found == {"review_outcome": outcome}


def test_between_two_severities_the_lower_and_codes_of_half_the_coders() -> None:
    said = [
        spoken("a", "yes", severity=4, codes=["T1", "T3"]),
        spoken("b", "yes", severity=2, codes=["T1"], voice="V2"),
        spoken("c", "no", severity=0, codes=[]),
    ]
    given = {"staging.review_decisions": said}
    with database(given, ["flags.text_reviews"]) as connection:
        (found,) = rows(connection, "from flags.text_reviews")
    assert (found["severity"], found["codes"]) == (2, ["T1", "T3"])
    assert (found["coders_count"], found["voice"]) == (3, "V1")


def test_the_newest_translation_stands_unless_taken_back() -> None:
    said = [
        spoken("a", "yes", translation="old", decided_at="2026-11-20"),
        spoken("b", "yes", translation="new", decided_at="2026-11-21"),
        spoken("c", "yes"),
        spoken("d", "yes", translation="back", is_withdrawn=True),
    ]
    given = {"staging.review_decisions": said}
    with database(given, ["flags.text_reviews"]) as connection:
        (found,) = rows(connection, "select translation from flags.text_reviews")
    assert found == {"translation": "new"}


PROGRAM = {
    "text_hash": "t", "text_verdict": "threat", "codes": ["T2"], "rule_ids": ["r"],
    "term_ids": ["w"], "voice": "V1", "direction": "toward_AZ", "severity": 2,
    "threat_score": 0.4, "quote": "q", "flagged_by": "rules", "is_threat": True,
    "is_high": False,
}  # fmt: skip
REVIEWED = [
    (PROGRAM, None, ("threat", True, False, "rules", ["T2"], 2)),
    (PROGRAM, "yes", ("threat", True, True, "rules", ["T1"], 3)),
    (PROGRAM, "no", ("reviewed_no", False, True, "rules", ["T2"], 3)),
    (PROGRAM, "contested", ("contested", False, True, "rules", ["T2"], 3)),
    (PROGRAM, "unclear", ("review", False, True, "rules", ["T2"], 3)),
    (None, "yes", ("threat", True, True, "person", ["T1"], 3)),
    (None, "contested", ("contested", False, True, "neither", [], 3)),
    (None, "no", None),
]


@pytest.mark.parametrize(("program", "outcome", "expected"), REVIEWED)
def test_what_people_decide_stands_over_the_program(
    program: dict[str, Any] | None,
    outcome: str | None,
    expected: tuple[Any, ...] | None,
) -> None:
    other = {**PROGRAM, "text_hash": "other"}
    review = {
        "text_hash": "t" if outcome else "gone", "review_outcome": outcome or "no",
        "codes": ["T1"], "voice": "V1", "direction": "toward_AZ", "severity": 3,
        "coders_count": 2, "reviewed_at": "2026-11-22", "translation": "in English",
    }  # fmt: skip
    given = {
        "flags.text_flags": [other, *([program] if program else [])],
        "flags.text_reviews": [review],
        "hits.text_scores": [{"text_hash": "t", "threat_score": 0.1}],
        "text.texts": [{"text_hash": "t", "wording": "a b c"}],
    }
    with database(given, ["flags.reviewed_flags"]) as connection:
        found = rows(
            connection,
            "select text_verdict, is_threat, is_reviewed, flagged_by, codes, severity "
            "from flags.reviewed_flags where text_hash = 't'",
        )
    assert [tuple(row.values()) for row in found] == ([expected] if expected else [])


def test_columns_stand_in_the_order_of_the_file() -> None:
    assert tuple(decision(1).row()) == COLUMNS
