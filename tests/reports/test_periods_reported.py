"""A report of a period holds its days only, and compares itself with those before."""

import json
from pathlib import Path

import duckdb
import pytest

from reports.database import open_marts, read_facts
from reports.edition import Edition
from reports.language import language
from reports.naming import advertiser, evidence, funder
from reports.period import Period, named
from reports.sections import findings, listed
from reports.settings import Settings
from tests.reports.marts_builder import build_archive


def counted(archive: Path, since: str, until: str) -> int:
    with duckdb.connect(archive / "adwatch.duckdb", read_only=True) as connection:
        row = connection.execute(
            "select count(*) from marts.flagged_ads where started_date between ? and ?",
            [since, until],
        ).fetchone()
        assert row
        return int(row[0])


def said(
    archive: Path,
    period: Period | str,
    code: str = "en",
    settings: Settings | None = None,
) -> tuple[str, Edition]:
    """The text of the findings of a period."""
    with open_marts(archive / "adwatch.duckdb") as connection:
        facts = read_facts(connection, period, settings or Settings(), language(code))
        edition = Edition(connection, facts, archive)
        blocks = findings.blocks(edition)
        listed.blocks(edition)
    text = json.dumps(blocks, ensure_ascii=False)
    return text.replace("\u00a0", " "), edition


def test_the_second_period_compares_itself_with_the_first(archive: Path) -> None:
    august = counted(archive, "2025-08-01", "2025-08-31")
    september = counted(archive, "2025-09-01", "2025-09-30")
    assert august != september
    text, edition = said(archive, "2025-09")
    assert edition.facts.folder == "2025-09"
    assert edition.facts.counts["flagged_ads_count"] == september == len(edition.ads)
    word = "more" if september > august else "fewer"
    expected = (
        f"{september} flagged ads, {abs(september - august)} {word} than in the period "
        f"before ({august} from 1 August 2025 to 31 August 2025)."
    )
    assert expected in text
    first, _ = said(archive, "2025-08")
    assert (
        f"1. {august} ads flagged" in first or f'"head": "{august} ads flagged' in first
    )


def test_the_first_period_has_nothing_to_compare_itself_with(archive: Path) -> None:
    text, _ = said(archive, "2025-07")
    assert "Change is not known: 1 June 2025 to 30 June 2025 was not collected" in text
    assert "than in the period before" not in text


def test_the_whole_archive_has_nothing_before_it(archive: Path) -> None:
    text, edition = said(archive, Period())
    assert "the report covers the whole archive" in text
    assert edition.facts.folder == "2025-07-09_2025-10-24"


def test_every_finding_has_a_number_and_a_range(archive: Path) -> None:
    with open_marts(archive / "adwatch.duckdb") as connection:
        facts = read_facts(connection, "2025-08", Settings(), language("en"))
        blocks = findings.blocks(Edition(connection, facts, archive))
    five = [block for block in blocks if block["kind"] == "finding"]
    assert [block["number"] for block in five] == [1, 2, 3, 4, 5]
    for block in five:
        assert any(sign.isdigit() for sign in block["head"] + block["text"])
        assert "at least" in block["text"].lower() + block["head"].lower()


def test_ads_without_a_date_are_counted_as_left_out(tmp_path: Path) -> None:
    archive = build_archive(tmp_path, ads_count=20)
    with duckdb.connect(archive / "adwatch.duckdb") as connection:
        connection.execute(
            "update marts.examined_ads set started_date = null "
            "where ad_id = 'meta:100001'"
        )
    text, _ = said(archive, "2025-09")
    assert "1 ad on record has no start date" in text
    assert "no start date" not in said(archive, Period())[0]


def test_a_period_without_ads_gives_sentences(archive: Path) -> None:
    text, _ = said(archive, "2019-01")
    assert "The database holds no ad that started in this period" in text


def test_azerbaijani_has_a_folder_of_its_own(archive: Path) -> None:
    text, edition = said(archive, "2025-09", "az")
    assert edition.facts.folder == "2025-09-az"
    assert "əvvəlki dövrdən" in text
    assert "1 avqust 2025 – 31 avqust 2025" in text


def test_only_reviewed_flags_if_so_set(archive: Path) -> None:
    text, edition = said(archive, Period(), settings=Settings(reviewed_only=True))
    assert edition.ads
    assert all(ad["is_reviewed"] for ad in edition.ads)
    assert "flagged and upheld by a person" in text


def row(**changes: object) -> dict[str, object]:
    """An advertiser with two ads."""
    return {
        "advertiser_id": "7", "advertiser_name": "Kənd səhifəsi", "funder": "A. Person",
        "advertiser_ads_count": 2, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "count", "is_named"),
    [
        (Settings(), 2, False),
        (Settings(), 3, True),
        (Settings(name_from_ads=1), 1, True),
        (Settings(always_name=("7",)), 1, True),
        (Settings(never_name=("Kənd səhifəsi",)), 900, False),
        (Settings(never_name=("7",), always_name=("7",)), 900, False),
    ],
)
def test_small_pages_and_private_persons_are_not_named(
    archive: Path, settings: Settings, count: int, is_named: bool
) -> None:
    with open_marts(archive / "adwatch.duckdb") as connection:
        facts = read_facts(connection, named("2025-09", None), settings, language("en"))
    names = {advertiser(row(advertiser_ads_count=count), facts),
             funder(row(advertiser_ads_count=count), facts)}  # fmt: skip
    hidden = {"not named (small or private page)"}
    items = ["E9 Azerbaijan as topic: bakı", "E10 page name: Kənd səhifəsi"]
    own = row(advertiser_ads_count=count, audience_evidence=items)
    shown = "; ".join(evidence(own, facts))
    assert shown.startswith("E9 Azerbaijan as topic: bakı; E10 ")
    assert ("Kənd səhifəsi" in shown) == is_named
    assert names == ({"Kənd səhifəsi", "A. Person"} if is_named else hidden)


def test_a_gap_in_the_period_before_leaves_change_unknown(archive: Path) -> None:
    text, _ = said(archive, "2025-W42")
    assert "Change is not known: 6 October 2025 to 12 October 2025" in text


def test_a_gap_in_the_period_is_said_beside_the_change(archive: Path) -> None:
    text, _ = said(archive, "2025-10")
    assert "than in the period before" in text
    assert "Not every day of this period was collected whole" in text
    assert "Not every day" not in said(archive, "2025-W36")[0]
