"""hits.translated_pairs: texts of two languages that seem to say the same.

Grain: one row per text_hash, other_text_hash.
Reads: hits.text_clusters, hits.text_vectors, staging.labels, staging.semantic_centres,
staging.semantic_model, text.text_forms, text.text_languages, text.texts.
Caveat: likeness of meaning, measured on invented texts only: read both before use.
"""

import re
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Chosen on tests/analysis/translated_messages.csv among the labelled texts; how good
# they are: analysis/README.md. Other languages were not measured.
LANGUAGES = ("az", "en", "ru", "tr")
LEAST_SIMILARITY = 0.55
# How much likelier than the next ones of that language; everything on one topic is
# alike, a translation stands out.
LEAST_MARGIN = 0.25
NEXT_ONES = 3
# Versions of one message are no rivals of each other.
SAME_MESSAGE = 0.8
BLOCK = 1_000
_FIGURES = re.compile(r"\d+[.,]\d+|\d{2,}")
SCHEMA = pa.schema(
    [
        ("text_hash", pa.string()),
        ("other_text_hash", pa.string()),
        ("similarity", pa.float64()),
        ("similarity_margin", pa.float64()),
    ]
)
# Of near copies in one language one stands for all.
ASKED = """
select
    texts.text_hash,
    texts.wording,
    text_languages.language_code,
    text_vectors.vector
from hits.text_vectors
inner join text.texts
    on text_vectors.text_hash = texts.text_hash
inner join text.text_languages
    on text_vectors.text_hash = text_languages.text_hash
inner join hits.text_clusters
    on text_vectors.text_hash = text_clusters.text_hash
inner join text.text_forms
    on text_vectors.text_hash = text_forms.text_hash
inner join staging.semantic_model
    on text_vectors.model_version = semantic_model.model_version
-- Texts of fewer than five words have no pairs.
where text_languages.is_language_certain and text_forms.word_pairs is not null
qualify row_number() over (
    partition by text_clusters.cluster_id, text_languages.language_code
    order by text_clusters.centre_overlap desc, texts.text_hash
) = 1
order by texts.text_hash
"""

# What the vectors of a language have in common says nothing of a text's meaning, and
# sets languages apart. It is taken from the labelled texts, so that it is the same in
# small archives and in large ones.
LABELLED = """
select
    split_part(labels.label_language, '-', 1) as language_code,
    semantic_centres.vector
from staging.semantic_centres
inner join staging.labels
    on semantic_centres.label_id = labels.label_id
"""

Vectors = npt.NDArray[np.float32]
Likeness = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


def table(connection: duckdb.DuckDBPyConnection, kept: Path) -> pa.Table:
    """Pairs in which each text is the other's likest one in that language."""
    rows = connection.execute(ASKED).to_arrow_table()
    if not len(rows):
        return SCHEMA.empty_table()
    texts = rows.select(["text_hash", "wording", "language_code"]).to_pylist()
    labelled = connection.execute(LABELLED).to_arrow_table()
    vectors, examples = _unit_vectors(rows), _unit_vectors(labelled)
    places = _by_language(rows)
    for language, theirs in _by_language(labelled).items():
        vectors[places[language]] -= examples[theirs].mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = []
    for number, one in enumerate(LANGUAGES):
        for two in LANGUAGES[number + 1 :]:
            here, there = places[one], places[two]
            for i, j, alike, margin in mutual_pairs(vectors[here], vectors[there]):
                a, b = texts[here[i]], texts[there[j]]
                if not figures_differ(a["wording"], b["wording"]):
                    found.append((*_ordered(a, b), alike, margin))
    columns = list(zip(*found, strict=True)) if found else [[], [], [], []]
    return pa.table([list(column) for column in columns], schema=SCHEMA)


def _unit_vectors(rows: pa.Table) -> Vectors:
    flat = rows["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    vectors: Vectors = flat.reshape(len(rows), -1).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _by_language(rows: pa.Table) -> dict[str, Places]:
    spoken = np.array(rows["language_code"].to_pylist())
    return {language: np.flatnonzero(spoken == language) for language in LANGUAGES}


def mutual_pairs(ones: Vectors, others: Vectors) -> list[tuple[int, int, float, float]]:
    """Places of two unit vectors that are each other's nearest, and by how much.

    The margin is their similarity less the mean of both ends' next ones.
    """
    if not len(ones) or not len(others):
        return []
    best, alike, near = _nearest(ones, others)
    best_back, _, near_back = _nearest(others, ones)
    margins = alike - (near + near_back[best]) / 2
    kept = (
        (best_back[best] == np.arange(len(ones)))
        & (alike >= LEAST_SIMILARITY)
        & (margins >= LEAST_MARGIN)
    )
    return [
        (int(i), int(best[i]), round(float(alike[i]), 4), round(float(margins[i]), 4))
        for i in np.flatnonzero(kept)
    ]


def _nearest(ones: Vectors, others: Vectors) -> tuple[Places, Likeness, Likeness]:
    """Each vector's nearest other, how near it is, and the mean of the next few.

    Where there are fewer, the missing ones are like any text: not alike at all.
    """
    count = min(NEXT_ONES, len(others))
    best, alike, near = [], [], []
    for start in range(0, len(ones), BLOCK):
        similar = ones[start : start + BLOCK] @ others.T
        best.append(similar.argmax(axis=1))
        alike.append(similar.max(axis=1))
        similar[others[best[-1]] @ others.T >= SAME_MESSAGE] = 0
        top = np.partition(similar, len(others) - count, axis=1)[:, -count:]
        near.append(top.sum(axis=1) / NEXT_ONES)
    return np.concatenate(best), np.concatenate(alike), np.concatenate(near)


def figures_differ(wording: str, other: str) -> bool:
    """Whether both name figures and none is the same: news of one form, not a copy."""
    one, two = (
        {figure.replace(",", ".") for figure in _FIGURES.findall(said)}
        for said in (wording, other)
    )
    return bool(one and two and not one & two)


def _ordered(a: dict[str, str], b: dict[str, str]) -> list[str]:
    return sorted([a["text_hash"], b["text_hash"]])
