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
    ("в0йна", "война"),
    ("у3бек", "узбек"),
    ("b0mba", "bomba"),
    ("Ｂａｋｕ", "baku"),
    ("𝐁𝐚𝐤𝐮", "baku"),
    ("𝘽𝙖𝙠𝙪", "baku"),
    ("علي‌اف", "علی‌اف"),
    ("علی\u200cاف", "علیاف"),
    ("باكو", "باکو"),
    ("بـاکو", "باکو"),
    ("Ալի՛և", "ալիև"),
    ("Բաքու՞", "բաքու"),
    ("ბაქო", "ბაქო"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_fold_alike(
    connection: duckdb.DuckDBPyConnection, one: str, other: str
) -> None:
    folded = connection.execute("select text.folded(?), text.folded(?)", [one, other])
    first, second = folded.fetchall()[0]
    assert first == second


DIFFERENT = [
    ("qaz", "qız"),
    ("su", "şuşa"),
    ("баку", "бак"),
    ("su30", "sueo"),
    ("1990", "199o"),
    ("باکو", "بانو"),
]


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


WORDS = [
    ("Скоро в о й н а, Баку", ["скоро", "война", "баку"]),
    ("m.ü.h.a.r.i.b.ə!", ["müharibə"]),
    ("S-s-s-r", ["sssr"]),
    ("a b c", ["a", "b", "c"]),
    ("#BakıPeşmanOlacaq", ["bakı", "peşman", "olacaq"]),
    ("#bakı_gözlə", ["bakı", "gözlə"]),
    ("YouTube və iPhone", ["youtube", "və", "iphone"]),
    ("Bakı💥💥 ⚰️ 🎂", ["bakı", "💥", "💥", "⚰"]),
    ("Միացե՛ք ջոկատին։", ["միացե՛ք", "ջոկատին"]),
    ("علی\u200cاف آمد", ["علی\u200cاف", "آمد"]),
]


@pytest.mark.parametrize(("wording", "expected"), WORDS)
def test_words_are_found_and_pieces_stay_exact(
    connection: duckdb.DuckDBPyConnection, wording: str, expected: list[str]
) -> None:
    said = "select text.words_of(?), text.pieces_of(?)"
    words, pieces = connection.execute(said, [wording] * 2).fetchall()[0]
    assert words == expected
    assert len(pieces) == len(words)
    assert "".join(pieces) == wording.lstrip("#")


def test_azerbaijani_cyrillic_follows_the_alphabet_of_1958(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    said = "select text.az_cyrillic('azərbaycan müstəqilliyi əlcək çığır jurnal')"
    (row,) = connection.execute(said).fetchall()
    assert row[0] == "азәрбајҹан мүстәгиллији әлҹәк чығыр журнал"
