"""Every kind of audience evidence finds its ad and leaves the near miss alone."""

from typing import Any

import duckdb
import pytest

from tests.analysis.audience_case import audiences, codes, column, place, shown

AZ_TEXT = "Sabah şəhərdə yeni kitabxana açılır, hamını gözləyirik."
TEXTS: list[tuple[str, str, str]] = [
    ("E4", AZ_TEXT, "Yarın şehirde yeni kütüphane açılıyor, herkesi bekliyoruz."),
    ("E4", "Сабаһ шәһәрдә јени китабхана ачылыр, һамыны ҝөзләјирик.",
     "Завтра в городе открывается новая библиотека, ждём всех."),
    # Names and a link are no text in Azerbaijani.
    ("E4", AZ_TEXT, "Əli Əliyev, Rəşad Məmmədov, Günel Həsənova. kitab.example"),
    ("E5", "Дорогие бакинцы, приходите завтра.", "Бакинцы отметили праздник весны."),
    ("E5", "People of Baku, listen to this.", "The people of Baku live by the sea."),
    ("E5", "Azərbaycanlılar, siz bilirsiniz.", "Azərbaycanlılar XIX əsrdə köçüblər."),
    ("E6", "Sifariş: +994 50 123 45 67", "Заказ: +995 599 12 34 56"),
    ("E6", "Цена всего 25 AZN за набор.", "Shares of AZN rose by 2 percent."),
    ("E6", "Qiymət 30 manat.", "Türkmenistan: 30 manat."),
    ("E6", "Pay by Kapital Bank card.", "Pay by Capital One card."),
    ("E6", "Магазин: Баку, ул. Низами 5.", "Магазин: Тбилиси, ул. Руставели 5."),
    ("E8", "Now near you in Sumqayit!", "A film was shot in Sumqayit."),
    ("E8", "Магазин в Баку рядом с вами.", "Переговоры в Баку рядом с концом."),
    ("E8", "Доставка в Баку за час.", "Отели в Баку и доставка багажа."),
    ("E8", "Bakıda pulsuz çatdırılma var.", "Bakıda danışıqlar başladı."),
    ("E9", "The summit in Baku ended.", "The summit in Vienna ended."),
    ("E9", "Milli Məclis qanunu qəbul etdi.", "Milli komanda qalib gəldi."),
    ("E9", "Выставка о Нахичевани.", "Нахичевань-на-Дону: улицы Ростова."),
    ("E9", "Karabakh after the war.", "A Karabakh horse won the race."),
    ("E9", "Floods in Azerbaijan.", "Floods in East Azerbaijan Province, Iran."),
    ("E11", "Sale #Bakı", "Sale #Berlin"),
    ("E11", "20 Yanvar şəhidlərini anırıq.", "21 yanvar günü görüş olacaq."),
    ("E11", "С праздником Новруз!", "С новым рубежом!"),
    ("E12", "Ай балам, приходи к нам завтра вечером.", "Ай, какая погода сегодня."),
    ("E13", "На Кавказе ждут новых решений.", "На Урале ждут новых решений."),
    ("E13", "Hazar Denizi kıyısında toplantı.", "Marmara Denizi kıyısında toplantı."),
]  # fmt: skip


PAGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("E7", {"landing_domain": "xeber.az"}, {"landing_domain": "gaz.example"}),
    (
        "E10",
        {"advertiser_name": "Baku Daily"},
        {"advertiser_name": "East Azerbaijan Tea"},
    ),
    ("E10", {"advertiser_name": "Azeri Xəbər"}, {"advertiser_name": "Bakery Bikes"}),
    (
        "E3",
        {"targeting": [{"kind": "language", "value": "Azerbaijani"}]},
        {"targeting": [{"kind": "language", "value": "Albanian"}]},
    ),
    (
        "E2",
        {"delivery_regions": shown(Baku=0.2, Moscow=0.8)},
        {"delivery_regions": shown(Moscow=1)},
    ),
    (
        "E2",
        {"delivery_regions": shown(Azerbaijan=0.6, Georgia=0.4)},
        {"delivery_regions": shown(East_Azerbaijan_Province=1)},
    ),
    (
        "E2",
        {"delivery_countries": [{"country_code": "AZ"}], "library": "snap"},
        {"delivery_countries": [{"country_code": "AM"}], "library": "snap"},
    ),
]


INCLUDED = [
    place("Azerbaijan"), place("Azərbaycan"), place("Азербайджан"),
    place("Aserbaidschan"), place("Azerbaïdjan"), place("Azerbeidzjan"),
    place("Azerbaiyán"), place("AZERBAYCAN"), place("AZ"), place("AZ", "country"),
    place("Baku, Azerbaijan", "CITY"), place("Bakı, Azərbaycan", "city"),
    place("Ganja, Ganja, Azerbaijan", "CITY"), place("Quba, Azerbaijan", "regions"),
    place("Baku, Baku, Azerbaijan (+25 km)", "CITY"), place("Absheron", "regions"),
    place("Republic of Azerbaijan"), place("Baku", None), place("Azerbaijan: Baku"),
    place("Azerbaijan, Georgia"), place("Georgia; Azerbaijan", None),
    place("Азербайджан, Баку", "CITY"), place("AZ,GE", "country"),
    place("People living in Azerbaijan", None),
]  # fmt: skip
NOT_INCLUDED = [
    place("East Azerbaijan Province, Iran", "regions"), place("Azerbaijan, Iran"),
    place("West Azerbaijan Province", "regions"), place("East Azerbaijan", "regions"),
    place("Phoenix, AZ", "CITY"), place("AZ", "regions"), place("Arizona", "regions"),
    place("Azerbaijan Democratic Republic"), place("Salyan", "CITY"),
    place("Georgia"), place("Armenia"), place("Cuba"), place("Kazakhstan"),
    place("Baku", is_excluded=True), place("Azerbaijan", is_excluded=True),
    place("Azerbaijan", is_excluded=None),
    place("Worldwide", "country_groups"), place("Asia", "country_groups"),
    place("Tabriz, Azerbaijan, Iran", "CITY"), place("AZ, NM", None),
    place("all countries except Azerbaijan", None),
]  # fmt: skip


FEW = {
    "delivery_regions": shown(Baku=0.6, Moscow=0.4),
    "impressions_min": 0,
    "impressions_max": 999,
}
AIMED = {"targeting": [place("Azerbaijan")], "advertiser_id": "meta:1"}
LEAVING_OUT = [
    place("Azerbaijan"),
    place("Baku, Azerbaijan", "CITY", is_excluded=True),
]
ADS: dict[str, dict[str, Any]] = {
    **{f"hit {n}": {"body": text} for n, (_, text, _) in enumerate(TEXTS)},
    **{f"miss {n}": {"body": text} for n, (_, _, text) in enumerate(TEXTS)},
    **{f"page {n}": hit for n, (_, hit, _) in enumerate(PAGES)},
    **{f"no page {n}": miss for n, (_, _, miss) in enumerate(PAGES)},
    **{f"in {n}": {"targeting": [each]} for n, each in enumerate(INCLUDED)},
    **{f"out {n}": {"targeting": [each]} for n, each in enumerate(NOT_INCLUDED)},
    "excluding": {"targeting": [place("Azerbaijan", is_excluded=True)]},
    "including": {"targeting": LEAVING_OUT},
    "edited": {"targeting": [place("Georgia")]},
    "aimed": AIMED,
    "other": {"advertiser_id": "meta:1", "body": "Nice weather in Vienna."},
    "foreign": {"advertiser_id": "meta:2", "body": "Nice weather in Rome."},
    "few": FEW,
    "tiny": {"delivery_regions": shown(Baku=0.004)},
    "tagged": {"body": "Baku by night #Baku"},
}
EARLIER = {"edited": {"targeting": [place("Azerbaijan")]}}


@pytest.fixture(scope="module")
def made() -> duckdb.DuckDBPyConnection:
    """All ads of this module in one database: most of the time goes into making it."""
    return audiences(ADS, "marts.audience_exclusions", more_versions=EARLIER)


@pytest.fixture(scope="module")
def found(made: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """The evidence codes of every ad."""
    return codes(made)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_texts_give_their_evidence_and_near_misses_do_not(
    found: dict[str, set[str]], number: int
) -> None:
    code = TEXTS[number][0]
    assert code in found[f"hit {number}"]
    assert code not in found[f"miss {number}"]


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_pages_and_libraries_give_their_evidence(
    found: dict[str, set[str]], number: int
) -> None:
    code = PAGES[number][0]
    assert code in found[f"page {number}"]
    assert code not in found[f"no page {number}"]


def test_places_in_azerbaijan_are_told_from_others(
    made: duckdb.DuckDBPyConnection, found: dict[str, set[str]]
) -> None:
    levels = column(made, "audience_level")
    missed = [e for n, e in enumerate(INCLUDED) if "E1" not in found[f"in {n}"]]
    wrong = [e for n, e in enumerate(NOT_INCLUDED) if "E1" in found[f"out {n}"]]
    assert not missed
    assert not wrong
    assert all(levels[f"in {n}"] == 4 for n in range(len(INCLUDED)))
    assert all(levels[f"out {n}"] == 0 for n in range(len(NOT_INCLUDED)))


def test_an_exclusion_is_a_fact_of_its_own(
    made: duckdb.DuckDBPyConnection, found: dict[str, set[str]]
) -> None:
    told = made.execute(
        "select ad_id, target_value, region_code, is_also_included "
        "from marts.audience_exclusions "
        "where ad_id in ('excluding', 'including') order by ad_id"
    ).fetchall()
    assert told == [
        ("excluding", "Azerbaijan", "AZ", False),
        ("including", "Baku, Azerbaijan", "AZ-BA", True),
    ]
    assert found["excluding"] == set()
    levels = column(made, "audience_level")
    assert (levels["excluding"], levels["including"]) == (0, 4)
    assert column(made, "excluded_places")["including"] == ["Baku, Azerbaijan"]


def test_a_choice_in_an_earlier_version_still_counts(
    found: dict[str, set[str]],
) -> None:
    assert "E1" in found["edited"]


def test_other_ads_of_the_advertiser_are_context_only(
    made: duckdb.DuckDBPyConnection, found: dict[str, set[str]]
) -> None:
    assert "E14" in found["other"]
    assert "E14" not in found["aimed"] | found["foreign"]
    assert column(made, "audience_level")["other"] == 0


def test_a_share_of_few_views_is_not_printed(
    made: duckdb.DuckDBPyConnection,
) -> None:
    said = column(made, "audience_evidence")
    assert said["few"] == ["E2 delivery in Azerbaijan: of fewer than 1,000 views"]
    assert said["tiny"] == ["E2 delivery in Azerbaijan: under 1 %"]


def test_a_name_in_text_and_tag_is_one(found: dict[str, set[str]]) -> None:
    assert found["tagged"] & {"E9", "E11"} == {"E9"}
