"""Coding in a spreadsheet, the queues behind it, and labels from reviews."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from analysis.__main__ import main as analyze
from analysis.desk.query import open_database
from analysis.review.__main__ import main
from analysis.review.decisions import Decision, ReviewError
from analysis.review.files import append, append_all, path_of, read_decisions
from analysis.review.labels import groups_of, labels_with_reviews
from analysis.review.queues import QUEUES, Asked, Task, tasks
from analysis.semantic.labels import read_labels
from tests.analysis.test_review import decision

TODAY = date(2026, 11, 22)
THREAT = {
    "codes": "T1", "voice": "V1", "polarity": "asserted", "direction": "toward_AZ",
    "threat_target": "state", "severity": "3", "coder_confidence": "2",
}  # fmt: skip
HARMLESS = {
    "codes": "", "voice": "V1", "polarity": "none", "direction": "none",
    "threat_target": "none", "severity": "0", "coder_confidence": "3",
    "negative_class": "HN16",
}  # fmt: skip

Row = dict[str, str]
Change = Callable[[list[Row]], None]


def exported(archive: Path, out: Path, coder: str = "anna") -> list[Row]:
    given = ["export", "--archive", str(archive), "--coder", coder, "--out", str(out)]
    assert main(given) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def coded(rows: list[Row], count: int = 4) -> list[Row]:
    """The first rows filled in, a threat and a harmless text by turns."""
    for number, row in enumerate(rows[:count]):
        row.update(THREAT if number % 2 == 0 else HARMLESS)
    return rows


def save(path: Path, rows: list[Row], start: str = "", mark: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(start)
        writer = csv.DictWriter(file, rows[0], delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(archive: Path, path: Path) -> int:
    return main(["import", "--archive", str(archive), "--in", str(path)])


@pytest.mark.parametrize(
    ("start", "mark"), [("", ","), ("\ufeff", ","), ("\ufeff", ";")]
)
def test_a_sheet_comes_back_as_decisions(
    archive: Path, tmp_path: Path, start: str, mark: str
) -> None:
    rows = coded(exported(archive, tmp_path / "out.csv"))
    assert taken(archive, save(tmp_path / "in.csv", rows, start, mark)) == 0
    found = read_decisions(archive)
    assert [d.decision for d in found] == ["yes", "no", "yes", "no"]
    assert [d.text_hash for d in found] == [row["text_hash"] for row in rows[:4]]
    assert found[0].stratum_texts_count == int(rows[0]["stratum_texts_count"])
    left = exported(archive, tmp_path / "next.csv")
    assert [row["review_pass"] for row in left].count("C") == 4


def test_a_sheet_from_before_translations_is_taken_in(
    archive: Path, tmp_path: Path
) -> None:
    rows = coded(exported(archive, tmp_path / "out.csv"))
    rows[0]["translation"] = "we will come"
    old = [{k: v for k, v in row.items() if k != "translation"} for row in rows]
    assert taken(archive, save(tmp_path / "old.csv", old)) == 0
    assert [d.translation for d in read_decisions(archive)] == [""] * 4


def test_a_workbook_comes_back_the_same(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    given = ["--archive", str(archive), "--coder", "anna", "--out", str(path)]
    assert main(["export", *given]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for name, value in THREAT.items():
        value = int(value) if value.isdigit() else value  # type: ignore[assignment]
        sheet.cell(2, names.index(name) + 1).value = value
    book.save(path)
    assert taken(archive, path) == 0
    assert [d.decision for d in read_decisions(archive)] == ["yes"]


def change(number: int, **cells: str) -> Change:
    return lambda rows: rows[number].update(cells)


WRONG: list[tuple[Change, str]] = [
    (change(0, text_hash="0" * 64), "line 2: no text '000000000000' in this archive"),
    (change(1, codes="T1 TX"), "line 3: unknown code 'TX'; the codebook has T1"),
    (change(2, voice="own"), "line 4: voice 'own' is unknown; write one of V1"),
    (change(2, review_note="=1+1"), "line 4: review_note begins like a formula"),
    (change(2, codes="@SUM(A1)"), "line 4: codes begins like a formula"),
    (change(3, severity="3"), "line 5: severity 3 needs a code"),
    (change(1, coder_id="boris"), "line 3: a second coder; one sheet per coder"),
    (change(0, coder_id="../../etc/x"), "line 2: coder_id '../../etc/x' has not"),
    (
        lambda rows: rows[1].update({**rows[0]}),
        "line 3: anna decided this text already",
    ),
    (change(0, review_pass="A"), "line 2: an adjudication needs its reason"),
]


@pytest.mark.parametrize(("spoil", "complaint"), WRONG)
def test_one_wrong_line_keeps_the_whole_sheet_out(
    archive: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Change,
    complaint: str,
) -> None:
    rows = coded(exported(archive, tmp_path / "out.csv"))
    append(archive, decision(7, text_hash=rows[9]["text_hash"]))
    before = path_of(archive, "anna").read_bytes()
    spoil(rows)
    assert taken(archive, save(tmp_path / "in.csv", rows)) == 1
    assert "nothing was taken in" in caplog.text
    assert complaint in caplog.text
    assert path_of(archive, "anna").read_bytes() == before
    assert len(list((archive / "reviews").iterdir())) == 1


def test_every_wrong_line_is_named_at_once(
    archive: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = coded(exported(archive, tmp_path / "out.csv"))
    rows[0]["voice"], rows[3]["voice"] = "x", "y"
    assert taken(archive, save(tmp_path / "in.csv", rows)) == 1
    assert "2 lines are wrong" in caplog.text
    assert "line 2: voice 'x'" in caplog.text
    assert "line 5: voice 'y'" in caplog.text


def test_the_same_sheet_twice_is_refused(archive: Path, tmp_path: Path) -> None:
    path = save(tmp_path / "in.csv", coded(exported(archive, tmp_path / "out.csv")))
    assert taken(archive, path) == 0
    before = path_of(archive, "anna").read_bytes()
    assert taken(archive, path) == 1
    assert path_of(archive, "anna").read_bytes() == before


NO_SHEETS = [
    ("in.ods", b"", "must end in .csv or .xlsx"),
    ("in.csv", b"a,b\n1,2\n", "columns must be"),
    ("in.csv", b"\xff\xfea\x00", "not UTF-8"),
    ("in.csv", b"", "columns must be"),
    ("in.xlsx", b"no workbook", "not a workbook"),
]


@pytest.mark.parametrize(("name", "content", "complaint"), NO_SHEETS)
def test_a_file_that_is_no_sheet_is_refused(
    archive: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    content: bytes,
    complaint: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert taken(archive, path) == 1
    assert complaint in caplog.text
    assert read_decisions(archive) == []


MISTYPED = [
    (["export", "--coder", "Anna", "--out", "x.csv"], "CODER=Anna: a name has 2 to 16"),
    (["export", "--coder", "anna", "--out", "x.pdf"], "must end in .csv or .xlsx"),
    (["export", "--coder", "anna", "--out", "no/x.csv"], "no folder no; make it first"),
    (
        ["export", "--coder", "anna", "--out", "x.csv", "--queue", "flag"],
        "QUEUE=flag: no such list; there are mixed, flags",
    ),
    (
        ["export", "--coder", "anna", "--out", "x.csv", "--since", "May"],
        "May: no day; write one such as 2025-08-26",
    ),
    (["import", "--in", "none.csv"], "none.csv: no such file"),
    (["serve", "--port", "80000"], "PORT=80000: choose one from 1024 to 65535"),
]


@pytest.mark.parametrize(("given", "complaint"), MISTYPED)
def test_what_is_mistyped_is_told_on_one_line(
    archive: Path, caplog: pytest.LogCaptureFixture, given: list[str], complaint: str
) -> None:
    assert main([*given, "--archive", str(archive)]) == 1
    (said,) = caplog.messages
    assert complaint in said
    assert len(said.splitlines()) == 1


def test_a_sheet_without_a_decision_says_so(
    archive: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = exported(archive, tmp_path / "out.csv")
    assert taken(archive, save(tmp_path / "in.csv", rows)) == 0
    assert "no line is filled in yet" in caplog.text


# Queues


def left(
    archive: Path, queue: str, coder: str = "anna", since: str | None = None
) -> list[Task]:
    asked = Asked(coder, queue, TODAY, since, since)
    with open_database(archive) as connection:
        return tasks(connection, asked, read_decisions(archive), archive)[0]


def ask(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(archive / "adwatch.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_asks_each_text_once_in_the_same_order(
    sample: Path, queue: str
) -> None:
    found = left(sample, queue)
    assert len({task.text_hash for task in found}) == len(found)
    assert found == left(sample, queue, "boris")


def test_flags_are_all_flagged_texts_or_those_of_a_period(sample: Path) -> None:
    ((count,),) = ask(sample, "select count(*) from flags.text_flags where is_threat")
    found = left(sample, "flags")
    assert len(found) == count
    assert {task.stratum_texts_count for task in found} == {count}
    ((day,),) = ask(sample, "select min(started_date) from marts.flagged_ads")
    assert 0 < len(left(sample, "flags", since=str(day))) < 5


def test_the_sample_is_drawn_by_language_with_its_weights(sample: Path) -> None:
    found = left(sample, "sample")
    flagged = {task.text_hash for task in left(sample, "flags")}
    assert not flagged & {task.text_hash for task in found}
    for language, count in ask(
        sample,
        "select coalesce(language_code, 'other'), count(*) from text.text_languages "
        "inner join text.texts using (text_hash) "
        "left join flags.text_flags using (text_hash) "
        "where len(text.words_of(wording)) >= 3 and not coalesce(is_threat, false) "
        "group by all",
    ):
        own = [task for task in found if task.stratum == language]
        assert {task.stratum_texts_count for task in own} == {count}
        assert len(own) == min(100, int(str(count)))


def said(archive: Path, coder: str, task: Task, number: int, **changed: object) -> None:
    given = {"review_pass": "C", "text_hash": task.text_hash, **changed}
    append(archive, decision(number, coder, **given))


NO: dict[str, Any] = {"decision": "no", "codes": (), "severity": 0}


def test_disagreements_go_to_an_editor_who_coded_neither(archive: Path) -> None:
    task = left(archive, "flags")[0]
    said(archive, "anna", task, 1)
    said(archive, "boris", task, 1, **NO)
    assert left(archive, "disagreements", "anna") == []
    (found,) = left(archive, "disagreements", "clara")
    assert (found.text_hash, found.review_pass) == (task.text_hash, "A")
    said(archive, "clara", task, 1, review_pass="A", review_note="irony")
    assert left(archive, "disagreements", "dora") == []


def test_a_text_decided_otherwise_in_context_goes_to_an_editor(archive: Path) -> None:
    changed, same = left(archive, "flags")[:2]
    for number, task in enumerate((changed, same)):
        said(archive, "anna", task, 2 * number + 1, review_pass="T")
        given = NO if task == changed else {}
        said(archive, "anna", task, 2 * number + 2, **given)
    assert left(archive, "disagreements", "clara") == []
    assert left(archive, "passes", "anna") == []
    (found,) = left(archive, "passes", "clara")
    assert (found.text_hash, found.review_pass) == (changed.text_hash, "A")
    said(archive, "clara", changed, 1, review_pass="A", review_note="a news page")
    assert left(archive, "passes", "dora") == []


def test_drift_asks_old_texts_again_blind(archive: Path) -> None:
    first, second = left(archive, "flags")[:2]
    said(archive, "anna", first, 1, review_pass="T", decided_at="2026-09-01T10:00:00Z")
    said(archive, "anna", second, 2, review_pass="T", decided_at="2026-11-20T10:00:00Z")
    (found,) = left(archive, "drift")
    assert (found.text_hash, found.review_pass, found.review_round) == (
        first.text_hash, "T", 2,
    )  # fmt: skip
    assert left(archive, "drift", "boris") == []


def test_corrections_asked_for_are_looked_at_in_context(archive: Path) -> None:
    ((ad_id, text_hash),) = ask(
        archive, "select ad_id, text_hash from marts.flagged_ads order by ad_id limit 1"
    )
    (archive / "reviews").mkdir()
    path = archive / "reviews" / "corrections.csv"
    path.write_text(
        f"request_id,asked_on,ad_id,reason\n1,2026-11-20,{ad_id},it is satire\n"
    )
    found = left(archive, "corrections")
    assert text_hash in {task.text_hash for task in found}
    assert {task.review_pass for task in found} == {"C"}
    path.write_text("request_id,asked_on,ad_id,reason\n1,soon,meta:1,x\n")
    with pytest.raises(ReviewError, match="line 2: asked_on must be a day"):
        left(archive, "corrections")


# Reviews in the database, and as labels


def decisions_on(archive: Path) -> tuple[list[Decision], list[str]]:
    """Two flags taken back by one coder, one text found by a person, one contested."""
    flags = [task.text_hash for task in left(archive, "flags")[:3]]
    missed = left(archive, "sample")[0].text_hash
    own = [
        decision(1, text_hash=flags[0], **NO),
        decision(2, text_hash=flags[1], translation="We will come."),
        decision(3, text_hash=flags[2]),
        decision(4, text_hash=missed, queue="sample", stratum="az"),
    ]
    return own, [*flags, missed]


def test_decisions_change_the_marts_and_become_labels(archive: Path) -> None:
    own, (refused, kept, contested, missed) = decisions_on(archive)
    before = ask(archive, "select database_version from marts.archive_facts")
    append_all(archive, own)
    append(archive, decision(1, "boris", text_hash=contested, **NO))
    assert analyze(["build", "--archive", str(archive)]) == 0
    assert ask(archive, "select database_version from marts.archive_facts") != before
    flagged: dict[str, bool] = dict(
        ask(archive, "select distinct text_hash, is_reviewed from marts.flagged_ads")
    )
    assert refused not in flagged
    assert contested not in flagged
    assert flagged[kept] is True
    assert flagged[missed] is True
    translated = "from marts.flagged_ads where translation is not null"
    assert ask(archive, f"select distinct text_hash, translation {translated}") == [
        (kept, "We will come.")
    ]
    verdicts: dict[str, str] = dict(
        ask(
            archive, "select distinct text_hash, text_verdict from marts.other_verdicts"
        )
    )
    assert verdicts[refused] == "reviewed_no"
    assert verdicts[contested] == "contested"
    assert ask(
        archive,
        "select reviewed_no_ads_count > 0, contested_ads_count > 0 "
        "from marts.archive_facts",
    ) == [(True, True)]

    labels = labels_with_reviews(archive)
    seeded = {label.text_id for label in read_labels()}
    new = {label.text_id: label for label in labels if label.text_id not in seeded}
    assert set(new) <= {f"review-{text[:16]}" for text in (refused, kept, missed)}
    assert f"review-{missed[:16]}" in new
    assert all(label.is_threat != (refused[:16] in name) for name, label in new.items())


def test_kin_stand_in_one_group_and_two_groups_keep_a_text_out() -> None:
    labels = {label.text_id: label for label in read_labels()[:2]}
    one, two = labels
    texts = [
        labels[one].__class__(**{**vars(labels[one]), "text_id": t}) for t in "abcde"
    ]
    pairs = [("a", one), ("b", "a"), ("c", one), ("c", two)]
    seeded = {one: "group one", two: "group two"}
    assert groups_of(texts, pairs, seeded) == {
        "a": "group one", "b": "group one", "d": "d", "e": "e",
    }  # fmt: skip
    assert groups_of(texts, [("d", "e")], seeded)["e"] == "d"
