"""What the report says of reviews."""

from reports.language import language
from reports.sections.reviews import figures, taken_back

SAY = language("en")
ROW = {
    "group_name": "all", "review_variable": "flag", "review_measure": "alpha",
    "review_value": 0.7124, "review_low": 0.61, "review_high": 0.8, "texts_count": 1200,
    "coders_count": 2, "reliability": "tentative",
}  # fmt: skip


def test_alpha_stands_with_its_interval_and_standing() -> None:
    (line,) = figures([ROW], SAY)
    assert line == [
        "All texts", "agreement of coders beyond chance, on the flag",
        "0.71 (0.61–0.80)", "1,200", "2", "tentative: say so beside it",
    ]  # fmt: skip


def test_shares_are_per_cent_and_the_unknown_is_said() -> None:
    share = {**ROW, "review_measure": "precision", "reliability": None}
    assert figures([share], SAY)[0][2] == "71 % (61–80)"
    unknown = dict.fromkeys(("review_value", "review_low", "review_high"))
    assert figures([{**share, **unknown}], SAY)[0][2] == "not known"
    assert not figures([{**ROW, **unknown, "group_name": "language az"}], SAY)


def test_a_language_is_shown_for_the_flag_only() -> None:
    voice = {**ROW, "group_name": "language az", "review_variable": "voice"}
    flag = {**ROW, "group_name": "language az"}
    assert [line[0] for line in figures([voice, flag], SAY)] == ["Azerbaijani"]


def test_a_language_or_class_of_few_texts_is_left_out() -> None:
    groups = ("all", "language ru", "class HN6", "language other")
    rows = [{**ROW, "group_name": name, "texts_count": 9} for name in groups]
    assert [line[0] for line in figures(rows, SAY)] == ["All texts"]
    (line,) = figures([{**rows[-1], "texts_count": 10}], SAY)
    assert line[0] == SAY.language_name(None)


def test_ads_that_people_took_back_are_named() -> None:
    ads = [
        {"ad_id": "meta:1", "text_verdict": "reviewed_no"},
        {"ad_id": "meta:2", "text_verdict": "contested"},
        {"ad_id": "meta:3", "text_verdict": "reported"},
    ]
    said = taken_back(ads, SAY).replace("\u00a0", " ")
    assert "no threat in 1 ad that the program flags or doubts: meta:1." in said
    assert "Coders differ on 1 ad, not counted as flagged: meta:2." in said
    assert "meta:3" not in said
    assert taken_back([], SAY) == ""


def test_no_review_gives_no_figures() -> None:
    assert figures([], SAY) == []
