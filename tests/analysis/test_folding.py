"""The one form in which words are compared."""

import duckdb
import pytest

from tests.analysis.model_case import database


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return database({}, [])


SAME = [
    ("IĞDIR", "ığdır"),
    ("İĞDIR", "iğdir"),
    ("müstəqilliyimizə", "MUSTEQILLIYIMIZE"),
    ("Bakü'nün", "bakunun"),
    ("Bakü’nün", "bakunun"),
    ("суверенитёт", "СУВЕРЕНИТЕТ"),
    ("вой\u200bна", "война"),
    ("вой\u00adна", "война"),
    ("cyвepeнитeт", "суверенитет"),
    ("Hoвости", "новости"),
    ("Бaкy", "баку"),
    ("мүстәгиллик", "мустәгиллик"),
    ("e\u0301clair", "éclair"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_fold_alike(
    connection: duckdb.DuckDBPyConnection, one: str, other: str
) -> None:
    folded = connection.execute("select text.folded(?), text.folded(?)", [one, other])
    first, second = folded.fetchall()[0]
    assert first == second


DIFFERENT = [("qaz", "qız"), ("su", "şuşa"), ("баку", "бак")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_stay_different(
    connection: duckdb.DuckDBPyConnection, one: str, other: str
) -> None:
    folded = connection.execute("select text.folded(?), text.folded(?)", [one, other])
    first, second = folded.fetchall()[0]
    assert first != second


def test_pieces_join_to_the_exact_wording(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    wording = "Bakı'nın 3 küçəsi — «sülh», deyək! 🕊️ Мир?"
    said = "select array_to_string(text.pieces_of(?), ''), len(text.pieces_of(?)), "
    said += "len(text.words_of(?))"
    joined, pieces, words = connection.execute(said, [wording] * 3).fetchall()[0]
    assert joined == wording
    assert pieces == words == 6


def test_azerbaijani_cyrillic_follows_the_alphabet_of_1958(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    said = "select text.az_cyrillic('azərbaycan müstəqilliyi əlcək çığır jurnal')"
    (row,) = connection.execute(said).fetchall()
    assert row[0] == "азәрбајҹан мүстәгиллији әлҹәк чығыр журнал"
