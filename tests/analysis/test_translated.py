"""Copies in another language, on messages written and translated for this test."""

import csv
from datetime import date
from pathlib import Path

import pytest

from analysis.semantic.embedding import is_available
from analysis.texts import database_of_texts
from tests.analysis.model_case import Rows, database, rows

MESSAGES = Path(__file__).parent / "translated_messages.csv"
WANTED = ["hits.translated_pairs", "text.ad_texts"]

needs_vectors = pytest.mark.skipif(not is_available(), reason="no sentence model here")


def messages() -> dict[str, dict[str, str]]:
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        return {
            f"{row['message_id']} {row['language_code']}": row
            for row in csv.DictReader(file)
        }


@pytest.fixture(scope="module")
def found() -> set[tuple[str, str]]:
    """Pairs found among all messages, by the message they belong to."""
    texts = {name: row["text"] for name, row in messages().items()}
    made = database_of_texts(texts, WANTED, Path("data/cache")).execute(
        "select one.ad_id, two.ad_id from hits.translated_pairs "
        "inner join text.ad_texts as one on one.text_hash = translated_pairs.text_hash "
        "inner join text.ad_texts as two "
        "on two.text_hash = translated_pairs.other_text_hash"
    )
    return set(made.fetchall())


def test_there_are_enough_pairs_to_measure_on() -> None:
    rows = list(messages().values())
    pairs = [
        (one["message_id"] == two["message_id"], one["topic"] == two["topic"])
        for number, one in enumerate(rows)
        for two in rows[:number]
        if one["language_code"] != two["language_code"]
    ]
    assert sum(same for same, _ in pairs) >= 150
    assert sum(topic and not same for same, topic in pairs) >= 150


@needs_vectors
def test_what_is_found_is_a_translation(found: set[tuple[str, str]]) -> None:
    right = [one.split()[0] == two.split()[0] for one, two in found]
    assert sum(right) / len(right) >= 0.98


@needs_vectors
def test_most_translations_are_found(found: set[tuple[str, str]]) -> None:
    assert len(found) >= 145


@needs_vectors
@pytest.mark.parametrize(("figure", "is_found"), [("4.2", True), ("4,1", False)])
def test_figures_that_differ_part_news_of_one_form(figure: str, is_found: bool) -> None:
    texts = {
        "ru": "Землетрясение магнитудой 4,2 произошло в Каспийском море, жертв нет.",
        "tr": f"Hazar Denizi'nde {figure} büyüklüğünde deprem oldu, can kaybı yok.",
        **{
            name: row["text"]
            for name, row in messages().items()
            if row["language_code"] in ("ru", "tr")
        },
    }
    made = database_of_texts(texts, WANTED, Path("data/cache")).execute(
        "select text_hash, other_text_hash from hits.translated_pairs "
        "inner join text.texts as one using (text_hash) "
        "inner join text.texts as two on two.text_hash = other_text_hash "
        "where (one.wording || two.wording) like '%магнитудой%'"
    )
    assert bool(made.fetchall()) == is_found


@needs_vectors
def test_versions_of_one_message_do_not_hide_its_translation() -> None:
    asked = "lazımdır. Yarısını topladıq, qalan yarısı səndən asılıdır"
    version = f"Beş yaşlı bir qızın ürək əməliyyatı üçün iyirmi min manat {asked}."
    others = [
        f"Beş yaşlı qızın ürək əməliyyatı üçün iyirmi min manat {asked}, kömək et.",
        f"Bir qızın ürək əməliyyatı üçün hələ də pul {asked}, dəstək ol bizə.",
        f"Qızın ürək əməliyyatı üçün iyirmi min manat pul {asked}, bölüş.",
    ]
    texts = {
        "ru": "Пятилетней девочке нужны деньги на операцию на сердце. Половину мы "
        "собрали, вторая половина зависит от тебя.",
        **{str(number): text for number, text in enumerate([version, *others])},
        **{name: row["text"] for name, row in messages().items()},
    }
    made = database_of_texts(texts, WANTED, Path("data/cache")).execute(
        "select 1 from hits.translated_pairs "
        "inner join text.texts as one using (text_hash) "
        "inner join text.texts as two on two.text_hash = other_text_hash "
        "where (one.wording || two.wording) like '%Пятилетней%ürək%' "
        "or (one.wording || two.wording) like '%ürək%Пятилетней%'"
    )
    assert len(made.fetchall()) == 1


def test_a_pair_is_told_with_who_shows_each_and_when() -> None:
    """Made from given pairs, so that counts and days do not hang on the vectors."""
    day, later = date(2026, 1, 1), date(2026, 1, 9)
    ads = [
        ("1", "a", "az", day), ("2", "b", "az", later), ("3", "b", "ru", later),
        ("4", "c", "other", day),
    ]  # fmt: skip
    pair = {"similarity": 0.8, "similarity_margin": 0.4}
    texts = ("az", "ru", "other")
    given: dict[str, Rows] = {
        "hits.translated_pairs": [
            {"text_hash": "az", "other_text_hash": "ru", **pair},
        ],
        "hits.text_clusters": [
            {"text_hash": text, "cluster_id": f"of {text}"} for text in texts
        ],
        "text.texts": [{"text_hash": text, "wording": f"w {text}"} for text in texts],
        "text.text_languages": [
            {"text_hash": text, "language_code": text} for text in texts
        ],
        "text.ad_texts": [{"ad_id": ad, "text_hash": text} for ad, _, text, _ in ads],
        "staging.ads": [
            {"ad_id": ad, "advertiser_id": page, "started_date": started}
            for ad, page, _, started in ads
        ],
        "flags.reviewed_flags": [{"text_hash": "ru", "is_threat": True}],
    }
    with database(given, ["marts.translated_copies"]) as connection:
        (found,) = rows(connection, "from marts.translated_copies")
    assert (found["wording"], found["other_wording"]) == ("w az", "w ru")
    assert (found["ads_count"], found["other_ads_count"]) == (2, 1)
    assert (found["advertiser_ids"], found["other_advertiser_ids"]) == (
        ["a", "b"],
        ["b"],
    )
    assert found["shared_advertisers_count"] == 1
    assert (found["is_threat"], found["is_other_threat"]) == (False, True)
    assert found["start_spread_days"] == 8
