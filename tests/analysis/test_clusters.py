"""Clusters of copied texts: what hangs together, what does not, and ids that hold."""

import csv
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis.texts import database_of_texts

WANTED = ["hits.text_clusters", "text.ad_texts"]
LETTER = (
    "our town needs a new bridge because the old one is closed and every morning "
    "children walk two hours to school please sign the letter to the council today"
)
WORDS = LETTER.split()


def clusters(texts: Mapping[str, str], kept: Path) -> dict[str, str]:
    """Cluster id of each text by the text's own id."""
    found = database_of_texts(texts, WANTED, kept).execute(
        "select ad_id, cluster_id from text.ad_texts "
        "inner join hits.text_clusters using (text_hash)"
    )
    return dict(found.fetchall())


def groups(texts: Mapping[str, str], kept: Path) -> set[frozenset[str]]:
    """Which texts stand together, alone ones left out."""
    found: dict[str, set[str]] = {}
    for name, cluster in clusters(texts, kept).items():
        found.setdefault(cluster, set()).add(name)
    return {frozenset(names) for names in found.values() if len(names) > 1}


def changed(*places: int, word: str = "river") -> str:
    """The letter with another word in some places."""
    return " ".join(
        f"{word}{chr(97 + place)}" if place in places else said
        for place, said in enumerate(WORDS)
    )


SAME = {
    "a number": f"{LETTER} 120",
    "a date": f"12.05.2026 {LETTER}",
    "a link": f"{LETTER} https://bridge.example/p/7?x=1",
    "a host": f"{LETTER} ‖ bridge.example",
    "an emoji": f"🔥 {LETTER}",
    "look-alike letters": LETTER.replace("council", "соuncil"),
    "signs without width": LETTER.replace("bridge", "bri\u200bdge"),
    "capitals": LETTER.upper(),
    "one word changed": changed(5),
    "words added": f"{LETTER} please do",
    "all of it said twice": f"{LETTER} {LETTER}",
}


@pytest.mark.parametrize("what", SAME)
def test_copies_stand_together(what: str, tmp_path: Path) -> None:
    texts = {"letter": LETTER, "copy": SAME[what]}
    assert groups(texts, tmp_path) == {frozenset(texts)}


DIFFERENT = {
    "half of it rewritten": changed(*range(0, 20, 3)),
    "another text": "The museum is open on Sunday and children enter free of charge",
    "its first words only": " ".join(WORDS[:12]),
    "the same words in another order": " ".join(sorted(WORDS)),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_other_texts_stand_apart(what: str, tmp_path: Path) -> None:
    assert groups({"letter": LETTER, "other": DIFFERENT[what]}, tmp_path) == set()


def test_short_texts_stand_together_only_word_for_word(tmp_path: Path) -> None:
    texts = {
        "a": "Sign the letter now",
        "b": "Sign the letter now 24",
        "c": "Sign the letter today",
        "d": "2026",
        "e": "2025",
    }
    assert groups(texts, tmp_path) == {frozenset("ab")}


def test_a_chain_of_copies_is_cut(tmp_path: Path) -> None:
    """Each is like the one before it, but the last has nothing of the first."""
    texts = {str(step): changed(*range(step)) for step in range(len(WORDS) + 1)}
    found = clusters(texts, tmp_path)
    assert found["0"] == found["1"]
    assert found["0"] != found[str(len(WORDS))]


def test_what_is_in_a_cluster_shares_most_with_its_centre(tmp_path: Path) -> None:
    texts = {str(step): changed(*range(step)) for step in range(len(WORDS) + 1)}
    connection = database_of_texts(texts, WANTED, tmp_path)
    least = connection.execute(
        "select min(centre_overlap) from hits.text_clusters"
    ).fetchall()
    assert least[0][0] >= 0.6


ONE = {"one": LETTER, "one now": f"{LETTER} now", "one please": f"{LETTER} please"}
MORE = "or the whole valley will have no way out"
TWO = {"two": f"{LETTER} {MORE} again"}
BRIDGE = {"bridge": f"{LETTER} {' '.join(MORE.split()[:4])}"}


def test_a_cluster_keeps_its_id_when_texts_join_and_others_go(tmp_path: Path) -> None:
    alone = {"z": DIFFERENT["another text"]}
    before = clusters(ONE | alone, tmp_path)
    after = clusters(ONE | BRIDGE | alone, tmp_path)
    assert {after[name] for name in ONE | BRIDGE} == {before["one"]}
    assert after["z"] == before["z"]
    # The first texts leave the archive; the cluster goes on under its name.
    assert clusters(BRIDGE, tmp_path)["bridge"] == before["one"]
    # And come back.
    assert clusters(ONE | BRIDGE | alone, tmp_path) == after


def test_of_two_clusters_now_one_the_larger_gives_its_id(tmp_path: Path) -> None:
    before = clusters(ONE | TWO, tmp_path)
    assert before["two"] != before["one"]
    after = clusters(ONE | TWO | BRIDGE, tmp_path)
    assert set(after.values()) == {before["one"]}


def test_a_cluster_in_two_leaves_its_id_to_the_larger_part(tmp_path: Path) -> None:
    before = clusters(ONE | TWO | BRIDGE, tmp_path)
    assert len(set(before.values())) == 1
    after = clusters(ONE | TWO, tmp_path)
    assert {after[name] for name in ONE} == {before["one"]}
    assert after["two"] != before["one"]
    # A name that another cluster bears is never given again.
    assert clusters(ONE | TWO, tmp_path) == after


def test_building_again_writes_nothing(tmp_path: Path) -> None:
    clusters({"a": LETTER}, tmp_path)
    path = tmp_path / "text_clusters.parquet"
    before = path.stat().st_mtime_ns
    clusters({"a": LETTER}, tmp_path)
    assert path.stat().st_mtime_ns == before
    assert len(pq.read_table(path)) == 1


def test_ids_differ_between_clusters(tmp_path: Path) -> None:
    texts = {
        str(n): f"text {chr(97 + n)}{chr(98 + n)} stands alone here" for n in range(20)
    }
    assert len(set(clusters(texts, tmp_path).values())) == 20


def test_links_are_found_whatever_the_order_of_texts(tmp_path: Path) -> None:
    texts = {str(place): changed(place) for place in range(len(WORDS))}
    backwards = dict(reversed(texts.items()))
    assert groups(texts, tmp_path / "a") == groups(backwards, tmp_path / "b")


def test_every_link_is_compared_exactly(tmp_path: Path) -> None:
    texts = {str(place): changed(place, place + 3) for place in range(len(WORDS) - 3)}
    connection = database_of_texts(texts, ["hits.similar_forms"], tmp_path)
    rows = connection.execute("""
        select one.wording, two.wording, overlap from hits.similar_forms
        inner join text.text_forms as a on a.form_hash = similar_forms.form_hash
        inner join text.text_forms as b on b.form_hash = similar_forms.other_form_hash
        inner join text.texts as one on one.text_hash = a.text_hash
        inner join text.texts as two on two.text_hash = b.text_hash
    """).fetchall()
    assert rows
    for one, two, overlap in rows:
        assert overlap == pytest.approx(jaccard(one, two))
        assert overlap >= 0.8


def jaccard(one: str, two: str) -> float:
    """Shared pairs of neighbouring words, of all: told without SQL."""
    pairs = [set(pairwise(words)) for words in (one.split(), two.split())]
    return len(pairs[0] & pairs[1]) / len(pairs[0] | pairs[1])


def test_an_archive_without_texts_has_no_clusters(tmp_path: Path) -> None:
    assert clusters({}, tmp_path) == {}


REAL_ADS = Path(__file__).parents[3] / "shared/real/ira_facebook_ads"


@pytest.mark.skipif(not REAL_ADS.is_dir(), reason="real ads are not here")
def test_copies_among_real_ads_are_found(tmp_path: Path) -> None:
    with (REAL_ADS / "fb_russia_ads_clean.csv").open(encoding="utf-8") as file:
        wordings = sorted({row["Ad_Text"] for row in csv.DictReader(file)})
    texts = {str(number): text for number, text in enumerate(wordings)}
    database = database_of_texts(texts, WANTED, tmp_path)
    forms = database.execute(
        "select any_value(word_pairs), any_value(cluster_id) from text.text_forms "
        "inner join hits.text_clusters using (text_hash) "
        "where word_pairs is not null group by form_hash order by form_hash"
    ).fetchall()
    shared = [
        (len(one & two) / len(one | two), cluster == other)
        for (one, cluster), (two, other) in combinations(
            [(set(pairs), cluster) for pairs, cluster in forms], 2
        )
        if len(one & two) >= 0.5 * min(len(one), len(two))
    ]
    copies = [is_together for share, is_together in shared if share >= 0.8]
    assert len(copies) > 100
    # Most missed ones are 80 to 85 % alike: versions of one text, read by machine.
    assert sum(copies) / len(copies) >= 0.85
    together = [share for share, is_together in shared if is_together]
    assert sum(share >= 0.6 for share in together) / len(together) >= 0.98
