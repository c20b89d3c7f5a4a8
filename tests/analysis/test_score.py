"""Scoring the texts of any CSV."""

import csv
from pathlib import Path

import pytest

from analysis.__main__ import main


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def score(source: Path, target: Path) -> list[dict[str, str]]:
    assert main(["score", "--in", str(source), "--out", str(target)]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_comes_back_with_a_verdict_and_its_own_columns(
    tmp_path: Path,
) -> None:
    source = write(
        tmp_path / "in.csv",
        "text_id,note,text\n"
        'a,"kept, as is",Перекроем Баку воду из Самура и закроем все рынки.\n'
        "b,,Bakıda payız endirimi: bütün ayaqqabılar yarı qiymətə!\n"
        'c,,"Deputy said: ""We will cut off water to Baku"", agency reports."\n'
        "d,,\n"
        "e,,!!!\n",
    )
    rows = score(source, tmp_path / "out.csv")
    assert [row["text_id"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert rows[0]["note"] == "kept, as is"
    assert [row["flag"] for row in rows[:3]] == ["yes", "no", "no"]
    assert "T7" in rows[0]["codes"].split(";")
    assert rows[0]["language"] == "ru"
    assert rows[1]["language"] == "az"
    assert rows[0]["evidence"]
    assert rows[3]["flag"] == ""


WRONG = [
    ("text_id,body\n1,x\n", "has no column 'text'"),
    ("text_id,text,flag\n1,x,y\n", "rename the columns flag"),
    ("text_id,text\n1,one two three\n1,four five six\n", "record 3: 1 comes twice"),
    ("text_id,text\n1,x,y\n", "record 2: wrong number of values"),
]


@pytest.mark.parametrize(("content", "complaint"), WRONG)
def test_a_wrong_file_is_refused_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str, complaint: str
) -> None:
    source = write(tmp_path / "in.csv", content)
    assert main(["score", "--in", str(source), "--out", str(tmp_path / "o.csv")]) == 1
    assert complaint in caplog.text
    assert not (tmp_path / "o.csv").exists()
