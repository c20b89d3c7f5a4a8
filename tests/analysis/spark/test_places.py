"""Where models run follows from their keys, what they read, and the lint."""

from analysis.models import ordered_models
from analysis.spark.places import Place, places

PLACES = places(ordered_models())


def test_flags_and_their_evidence_run_as_the_same_sql_as_ever() -> None:
    for name in (
        "hits.term_hits",
        "hits.text_scores",
        "flags.rule_flags",
        "flags.text_flags",
        "flags.reviewed_flags",
        "flags.flag_examples",
    ):
        assert PLACES[name].place == Place.PER_TEXT, name


def test_what_compares_texts_or_ads_never_runs_on_a_part() -> None:
    parts = {name for name, one in PLACES.items() if one.place.name.startswith("PER_")}
    assert parts.isdisjoint(
        {
            "hits.text_clusters",
            "hits.similar_forms",
            "hits.translated_pairs",
            "hits.audience_hits",
            "marts.cluster_members",
        }
    )


def test_what_varies_by_part_reads_only_parts_of_its_own() -> None:
    allowed = {
        Place.PER_AD: {Place.ONCE, Place.PER_AD},
        Place.PER_TEXT: {Place.ONCE, Place.PER_TEXT, Place.WORDS},
        Place.WORDS: {Place.ONCE, Place.PER_TEXT, Place.WORDS},
    }
    for name, one in PLACES.items():
        if one.place in allowed and name != "text.texts":
            read = {PLACES[other].place for other in one.model.reads}
            assert read <= allowed[one.place], name


def test_what_stays_in_duckdb_says_why() -> None:
    for one in PLACES.values():
        assert bool(one.reasons) == (one.place == Place.DUCKDB)
        assert bool(one.spark_sql) == (one.place == Place.SPARK)
