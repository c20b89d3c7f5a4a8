"""Charts say what their rows say."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports.charts import (
    region_delivery,
    review_outcome,
    shared_texts,
    weekly_flags,
    weekly_spend,
)
from reports.database import Facts
from reports.figure import day, new_figure
from reports.language import language
from reports.period import Period
from reports.settings import Settings

MONDAY = date(2025, 9, 1)


def facts(days: int = 20, events: tuple[dict[str, Any], ...] = ()) -> Facts:
    """Facts of a period that begins on a Tuesday."""
    return Facts(
        archive="sample",
        is_invented=True,
        libraries=("meta",),
        counts={},
        first_started_date=MONDAY + timedelta(days=1),
        last_started_date=MONDAY + timedelta(days=days),
        first_collected_at=None,
        last_collected_at=None,
        database_version="0123456789ab",
        codebook_version="0.1",
        model_version="model-1",
        labels_version="84210148f445",
        threat_threshold=0.0366,
        review_threshold=-0.3713,
        events=events,
        period=Period(),
        settings=Settings(),
        say=language("en"),
    )


def spend_row(
    high: int | None, closed: int | None, undisclosed: int = 0
) -> dict[str, Any]:
    """One week of spend in AZN."""
    return {
        "currency_code": "AZN", "flagged_ads_count": 2, "week_start_date": MONDAY,
        "open_ads_count": 0, "undisclosed_ads_count": 0, "spend_min": 100,
        "spend_max": high, "closed_spend_max": closed,
    }  # fmt: skip


def test_open_spend_stays_open_in_the_title() -> None:
    title = weekly_spend.words([spend_row(None, 500)], facts()).title
    assert title.endswith("at least 100 AZN, no upper bound given")
    title = weekly_spend.words([spend_row(500, 500)], facts()).title
    assert title.endswith("at least 100 and no more than 500 AZN")


@pytest.mark.parametrize(("high", "arrows"), [(None, 1), (500, 0)])
def test_only_an_open_bar_has_an_arrow(high: int | None, arrows: int) -> None:
    figure = new_figure()
    weekly_spend.draw(figure, [spend_row(high, 300)], facts())
    markers = [line.get_marker() for line in figure.axes[0].lines]
    assert markers.count("^") == arrows


def test_the_solid_bar_never_ends_below_the_lower_bound() -> None:
    assert weekly_spend.top_of(spend_row(None, 20)) == 100
    assert weekly_spend.top_of(spend_row(None, None)) == 100


def test_names_of_events_do_not_overlap() -> None:
    events = tuple(
        {
            "event_label": f"A name of event {number}", "event_kind": "rhetoric",
            "event_status": "fact", "event_date": MONDAY + timedelta(days=number),
        }
        for number in range(12)
    )  # fmt: skip
    figure = new_figure()
    names: list[weekly_flags.Name] = []
    for event in weekly_flags.chosen(list(events)):
        limits = (day(MONDAY), day(MONDAY) + 28)
        name = weekly_flags.free_name(figure, language("en"), event, limits, names)
        if name:
            assert not any(weekly_flags.overlap(name, other) for other in names)
            names.append(name)
    assert names


def test_a_claim_is_named_as_a_claim() -> None:
    event = {
        "event_label": "Case made public", "event_label_az": "İş açıqlanır",
        "event_status": "claim by Russia",
    }  # fmt: skip
    english = weekly_flags.event_label(event, language("en"))
    assert english == "Case made public (claim by Russia)"
    own = weekly_flags.event_label(event, language("az"))
    assert own == "İş açıqlanır (Rusiyanın iddiası)"


def test_every_status_of_an_event_has_its_words() -> None:
    with Path("seeds/events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["label_az"] for row in rows)
    statuses = {row["status"] for row in rows if not row["status"].startswith("fact")}
    assert statuses <= set(language("az").entry("event_statuses"))


def test_a_report_of_reviewed_flags_does_not_count_the_others() -> None:
    rows = [{"review_result": "upheld", "ads_count": 2},
            {"review_result": "waiting", "ads_count": 5}]  # fmt: skip
    assert review_outcome.words(rows, facts()).title.startswith(
        "People have decided on 2 of 7 ads"
    )
    only = replace(facts(), settings=Settings(reviewed_only=True))
    said = review_outcome.words(rows, only)
    assert said.title.endswith("upheld 2 flags; flags not reviewed are left out")
    assert "flag not reviewed" not in said.alt


def test_shared_texts_without_a_date_have_no_sign() -> None:
    row = {"cluster_rank": 1, "advertisers_count": 2, "ads_count": 3,
           "is_flagged": True, "started_date": MONDAY}  # fmt: skip
    figure = new_figure()
    shared_texts.draw(figure, [row, {**row, "started_date": None}], facts())
    assert [line.get_marker() for line in figure.axes[0].lines].count("D") == 1
    shared_texts.draw(new_figure(), [{**row, "started_date": None}], facts())


def test_no_delivery_data_is_not_zero() -> None:
    edges = region_delivery.class_edges(30)
    looks = [region_delivery.fill(count, edges) for count in (None, 0, 1, 30)]
    assert "hatch" in looks[0]
    assert all("hatch" not in look for look in looks[1:])
    assert len({str(look) for look in looks}) == 4


@pytest.mark.parametrize(
    ("highest", "edges"), [(0, [1]), (3, [1, 2]), (30, [1, 2, 5, 10, 20]),
                           (700, [1, 50, 100, 200, 500])],
)  # fmt: skip
def test_classes_of_the_map(highest: int, edges: list[int]) -> None:
    assert region_delivery.class_edges(highest) == edges


def test_every_district_has_its_own_code() -> None:
    path = Path(region_delivery.__file__).with_name("az_districts.geojson")
    districts = json.loads(path.read_text(encoding="utf-8"))
    codes = [one["properties"]["region_code"] for one in districts["features"]]
    assert len(codes) == len(set(codes)) == 77
    assert {"AZ-LAC", "AZ-SAK", "AZ-LAN", "AZ-YE", "AZ-NV"} <= set(codes)
    assert districts["licence"] == "public domain"
