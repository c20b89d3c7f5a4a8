"""The macros that compare and quote wording, against a slow reading of their rules."""

import random
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

import duckdb
import pyarrow as pa
import pytest

from tests.analysis.model_case import database
from tests.faults.conftest import Ledger, Tries
from tests.faults.slow_text import folded, learn, pieces_of, words_of

BATCH = 10_000
LETTERS = (
    "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"
    "абвгғдежзийјкҝлмноөпрстуүфхһчҹшщъыьэюяАБВГҒДЕӘЖЗИЙЈКҜЛМНОӨПРСТУҮФХҺЧҸШ"
    "աբգդեզէիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ՛՜՞ابپتجچدرزسشعفقکكگلمنوهةۀیيى٠١۲۳"
    "ბაქოზერბაიჯანი0123456789ΑΒΓαβγ中文हिन्दी"
)
SIGNS = (
    " .·•*_-!?…‖:;,'’ʼʻ`´\"«»()#@/\\\n\t\r\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301"
    "\u0327\u0307\u0640\u064b\u202e\u2066\u00a0\u3000💥🔥⚰💣🚀☠🪖⚔👍🏽\ufe0f\u20e3"
    "\U0001d400\U0001d41a\U0001d63d\U0001d6a3ＡｚＢ０９\u212a\u212b\u1e9e\u0130\u1100"
    "\x01\x1f\x7f\U0010ffff\ue000ﬁﷺ"
)
SEEDS = ("https://az.example/x", "#BakıPeşmanOlacaq", "в о й н а", "m.ü.h.a.r.i.b.ə")


def texts(count: int, chance: random.Random) -> Iterator[str]:
    """Texts of the letters and signs that matter here, and of any others."""
    for _ in range(count):
        size = chance.choice((1, 2, 3, 5, 8, 20, 60))
        signs = chance.choices((LETTERS, SIGNS, " ", None), (70, 15, 12, 3), k=size)
        text = "".join(chance.choice(part) if part else _any(chance) for part in signs)
        if chance.random() < 0.05:
            text += chance.choice(SEEDS)
        yield text


def _any(chance: random.Random) -> str:
    """Any character at all but a surrogate and NUL, which no database text holds."""
    while unicodedata.category(found := chr(chance.randrange(1, 0x110000))) == "Cs":
        pass
    return found


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    made = database({}, [])
    made.execute("set threads = 1")
    return made


def batches(
    connection: duckdb.DuckDBPyConnection, count: int, seed: int, said: str
) -> Iterator[list[tuple[object, ...]]]:
    """What a select from `texts` says of each of `count` texts, a batch at a time."""
    chance = random.Random(seed)
    for start in range(0, count, BATCH):
        made = [*texts(min(BATCH, count - start), chance)]
        connection.register("texts", pa.table({"written": made}))
        yield connection.execute(said).fetchall()
        connection.unregister("texts")


def test_folding_is_what_the_slow_reading_says(
    connection: duckdb.DuckDBPyConnection, tries: Tries, ledger: Ledger
) -> None:
    said = "select written, text.folded(written) from texts"
    count = tries(5_000, 500_000)
    for rows in batches(connection, count, 11, said):
        slow = folded([str(written) for written, _ in rows])
        for (written, fast), expected in zip(rows, slow, strict=True):
            assert fast == expected, ascii(written)
    ledger.add("texts: text.folded", count, 0, "equal to a slow reading in Python")


def test_words_are_what_the_slow_reading_says(
    connection: duckdb.DuckDBPyConnection, tries: Tries, ledger: Ledger
) -> None:
    said = (
        "select nfc_normalize(text.evened(written)) as even, text.words_of(even), "
        "text.pieces_of(even) from texts"
    )
    count = tries(4_000, 400_000)
    for rows in batches(connection, count, 12, said):
        learn([str(row[0]) for row in rows] + ["\x1f"])
        for even, words, pieces in rows:
            assert isinstance(even, str)
            assert isinstance(pieces, list)
            assert words == words_of(even), ascii(even)
            assert pieces == pieces_of(even), ascii(even)
            assert len(words) == len(pieces), ascii(even)
            assert even.endswith("".join(pieces)), ascii(even)
    ledger.add("texts: words and pieces", count, 0, "equal to the slow reading, exact")


def test_quotes_are_exactly_in_the_text(
    connection: duckdb.DuckDBPyConnection, tries: Tries, ledger: Ledger
) -> None:
    said = (
        "select nfc_normalize(text.evened(written)) as even, text.quote_of(even, 1, 1),"
        " text.quote_of(even, 2, 3) from texts"
    )
    count = tries(200, 8_000)
    for rows in batches(connection, count, 14, said):
        for even, first, later in rows:
            assert str(first) in str(even), ascii(even)
            assert str(later) in str(even), ascii(even)
    ledger.add("texts: quotes", count, 0, "exact substrings")


def test_what_needs_no_care_is_even_and_cut_at_its_blanks(
    connection: duckdb.DuckDBPyConnection, tries: Tries, ledger: Ledger
) -> None:
    said = """
        select
            written,
            text.evened(written) as even,
            text.says_something(written) as says_something,
            text.needs_care(written) as needs_care,
            regexp_matches(even, text.hidden_words_pattern()) as hides_words,
            text.words_of(even) as words,
            list_transform(
                text.stretches_of(even, hides_words),
                lambda stretch: text.words_of(stretch)
            ) as stretch_words
        from texts
    """
    count = tries(3_000, 250_000)
    for rows in batches(connection, count, 15, said):
        for written, even, says, needs_care, hides_words, words, pieces in rows:
            assert says == (even != ""), ascii(written)
            assert needs_care or even == written, ascii(written)
            assert needs_care or not hides_words, ascii(written)
            assert isinstance(pieces, list)
            assert words == list(chain.from_iterable(pieces)), ascii(written)
    ledger.add("texts: read through once", count, 0, "no shortcut changes a word")


def test_every_other_macro_takes_any_text(
    connection: duckdb.DuckDBPyConnection, tries: Tries, ledger: Ledger
) -> None:
    said = """
        select
            written,
            text.readable(written) as readable,
            text.unlinked(written) as unlinked,
            text.word_numbers(text.undisguised(text.words_of(written))) as numbers,
            text.word_pairs_of(numbers) as pairs,
            text.overlap(pairs, pairs) as overlap,
            text.stretches_of(written, true) as stretches,
            text.letters_without_names(text.pieces_of(written)) as letters,
            text.name_as_read(written) as name,
            text.has_open_seam(text.script_runs(written)) as seam,
            text.lower_az(written) as lower,
            text.evened(written) as even
        from texts
    """
    count = tries(3_000, 250_000)
    for rows in batches(connection, count, 13, said):
        for written, readable, _, _, pairs, overlap, _, letters, _, _, _, even in rows:
            assert str(written).startswith(str(readable)), ascii(written)
            assert overlap == 1 or not pairs, ascii(written)
            assert isinstance(letters, int)
            assert not re.search(r"[\t\n\r]|  ", str(even)), ascii(written)
    ledger.add("texts: links, forms, names", count, 0, "no crash, no other text")
