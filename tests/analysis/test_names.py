"""Names that mix scripts or look like another's, and names that only seem to."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from tests.analysis.model_case import Rows, database, rows

REAL = Path(__file__).parents[2].parent / "shared" / "real"

# What mixes scripts inside a word, and the letters that a reader does not see.
DISGUISED = {
    "Cpoчные Hoвоcти": ["Cpo", "Ho", "c"],
    "Гянджинcкий Kолокол": ["c", "K"],
    "Абшeрон Хəттi 9": ["e", "i"],
    "Şirvаn Güzgüsü Dаily": ["а", "а"],
    "Ukraine Nеws": ["е"],
    "еBay": ["е"],
    "іPhone Bakı": ["і"],
    "Рrеss24": ["Р", "е"],
    "Hայաստան": ["H"],
    "ΓEΩΡΓIΟΣ": ["E", "I"],
    "C0вид": ["C"],
    "Ho\u200bвости": ["Ho"],
}
# Two scripts side by side that every reader sees, or one script only.
OPEN = [
    "Новини.LIVE",
    "РБК-Украина News",
    "ТВ3 Live",
    "iПресса",
    "eДоставка Баку",
    "Wi-Fi в метро",
    "COVIDная хроника",
    "ITшник",
    "XXIвек",
    "РадиоMax",
    "РадиоMAX",
    "КиноRU",
    "ПриватBank",
    "Ковёр.SHOP Dükanı",
    "Журнал Новый Дош/New Dosh Magazine",
    "Ünvan: Bakı, Nizami küçəsi",
    "Xәbәr",
    "ВВС России",
    "µTorrent",
    "Հայաստան Today",
]


def of_names(names: Iterable[str], wanted: Iterable[str]) -> duckdb.DuckDBPyConnection:
    versions: Rows = [
        {
            "ad_id": f"meta:{number}",
            "version_hash": "v",
            "advertiser_id": f"meta:{number}",
            "advertiser_name": name,
            "funder": None,
            "landing_domain": "page.example",
            "body_texts": ["Text"],
            "title_texts": ["Title"],
            "description_texts": ["More"],
            "caption_texts": ["page.example"],
        }
        for number, name in enumerate(names)
    ]
    versions[0]["funder"] = "Someone"
    return database({"staging.ad_versions": versions}, wanted)


def matches(names: Iterable[str]) -> set[tuple[str, str, str]]:
    connection = of_names(names, ["hits.name_matches"])
    found = rows(connection, "from hits.name_matches")
    return {
        (row["shown_name"], row["resembled"], row["likeness_kind"]) for row in found
    }


def test_words_that_hide_another_script_are_found() -> None:
    connection = of_names([*DISGUISED, *OPEN], ["hits.name_words"])
    hidden: dict[str, list[str]] = {}
    sql = "select * from hits.name_words where is_disguised order by all"
    for row in rows(connection, sql):
        hidden.setdefault(row["shown_name"], []).extend(row["hidden_letters"])
    assert hidden.keys() == DISGUISED.keys()
    for name, letters in DISGUISED.items():
        assert sorted(hidden[name]) == sorted(letters), name


def test_a_seam_that_shows_is_told_from_a_disguise() -> None:
    connection = of_names(OPEN, ["hits.name_words"])
    found = rows(connection, "from hits.name_words")
    assert {row["shown_name"] for row in found} >= {"iПресса", "COVIDная хроника"}
    assert not [row["shown_name"] for row in found if row["is_disguised"]]


def test_names_that_look_or_are_spelled_like_an_outlets() -> None:
    found = matches(
        ["Minvаl", "Haqqln.az", "Azernevs", "Rеport", "0xu.az", "BВC News Azərbaycanca"]
    )
    assert found >= {
        ("Minvаl", "Minval", "same_look"),
        ("Haqqln.az", "Haqqin.az", "same_look"),
        ("Azernevs", "AzerNews", "near_spelling"),
        ("Rеport", "Report", "same_look"),
        ("0xu.az", "oxu.az", "same_look"),
        ("BВC News Azərbaycanca", "BBC News Azərbaycanca", "same_look"),
    }


# An outlet's own name in any case and without diacritics, a letter from an ordinary
# word, another channel than Kanal13, air forces.
NO_LOOK_ALIKES = [
    "Minval",
    "QAFQAZINFO",
    "Azadliq Radiosu",
    "Yeni Musavat",
    "Resort",
    "Trends",
    "Modem.az",
    "Demokrata",
    "Kanal 17",
    "ВВС",
]


def test_the_name_itself_and_ordinary_words_are_no_look_alikes() -> None:
    assert matches(NO_LOOK_ALIKES) == set()


def test_a_disguised_name_resembles_the_advertiser_it_copies() -> None:
    found = matches(["Sahil Lövhəsi", "Sаhil Lövhəsi", "Sahil Lovhesi"])
    assert found == {
        ("Sаhil Lövhəsi", "Sahil Lövhəsi", "same_look"),
        ("Sаhil Lövhəsi", "Sahil Lovhesi", "same_look"),
    }


TWINS = str.maketrans("aceopxyACEHKMOPTX", "асеорхуАСЕНКМОРТХ")


def test_every_outlet_in_foreign_letters_is_found_and_named() -> None:
    with Path("seeds/media_outlets.csv").open(encoding="utf-8", newline="") as file:
        outlets = {row["outlet_name"] for row in csv.DictReader(file)}
    spoiled: dict[str, str] = {}
    for name in outlets:
        # One letter inside a word that keeps a letter without a twin.
        for word in re.findall(r"[A-Za-zəƏ]{3,}", name):
            places = [
                n for n in range(len(word)) if word.translate(TWINS)[n] != word[n]
            ]
            if 0 < len(places) < len(word):
                at = name.index(word) + places[-1]
                spoiled[name[:at] + name[at].translate(TWINS) + name[at + 1 :]] = name
    assert len(spoiled) > 40
    connection = of_names(spoiled, ["hits.name_words", "hits.name_matches"])
    disguised = rows(connection, "from hits.name_words where is_disguised")
    named = rows(connection, "from hits.name_matches where likeness_kind = 'same_look'")
    assert spoiled.keys() == {row["shown_name"] for row in disguised}
    assert spoiled.items() <= {(row["shown_name"], row["resembled"]) for row in named}


def test_confusables_lead_to_plain_letters_only() -> None:
    with Path("seeds/confusables.csv").open(encoding="utf-8", newline="") as file:
        looks = {row["letter"]: row["looks_like"] for row in csv.DictReader(file)}
    assert {"а": "a", "о": "o", "с": "c", "в": "b", "օ": "o", "ο": "o"}.items() <= (
        looks.items()
    )
    for look in looks.values():
        assert look.isascii()
        assert all(looks.get(letter, letter) == letter for letter in look)


def test_the_confusables_are_those_the_script_makes() -> None:
    make = pytest.importorskip("confusable_homoglyphs")
    assert make
    made = _module(Path("seeds/make_confusables.py"))
    with Path("seeds/confusables.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == made


def _module(path: Path) -> list[tuple[str, ...]]:
    import runpy

    rows_made: list[tuple[str, ...]] = runpy.run_path(str(path))["rows"]()
    return rows_made


def real_names() -> set[str]:
    """Page names of Meta's reports and advertisers of Google's, where they are kept."""
    names: set[str] = set()
    for path in sorted(REAL.glob("meta_ad_library_reports/*.zip")):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if member.endswith("advertisers.csv"):
                    text = io.TextIOWrapper(archive.open(member), "utf-8-sig")
                    names |= {row["Page name"] for row in csv.DictReader(text)}
    for path in sorted(REAL.glob("google/*/*advertiser-stats.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            names |= {row["Advertiser_Name"] for row in csv.DictReader(file)}
    return names - {""}


@pytest.mark.skipif(not REAL.exists(), reason="the real lists are not there")
def test_real_names_are_hardly_ever_taken_for_anothers() -> None:
    names = sorted(real_names())
    assert len(names) > 20_000, os.fspath(REAL)
    connection = of_names(names, ["hits.name_words", "hits.name_matches"])
    sql = "select distinct shown_name from hits.name_words where is_disguised"
    disguised = {row["shown_name"] for row in rows(connection, sql)}
    assert "Мaх Guitar" in disguised
    assert len(disguised) <= 10
    assert rows(connection, "from hits.name_matches") == []
