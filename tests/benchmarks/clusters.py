"""Near copies among a million texts: time, memory, recall and precision.

python -m tests.benchmarks.clusters [TEXTS]     default 1,000,000 distinct texts

Three texts in ten are copies of others with up to three words changed. What must be
found is told by comparing a sample exactly; a plain baseline in Python runs beside.
"""

import re
import resource
import sys
import tempfile
import time
from itertools import pairwise
from multiprocessing import Process
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.database import prepare
from analysis.semantic.labels import read_labels
from analysis.tables import make
from analysis.texts import needed_models

TEXTS = 1_000_000
BASELINE_TEXTS = 2_000
DISGUISED = re.compile(
    "(?i)[a-zə][\u0400-\u04ff]|[\u0400-\u04ff][a-zə]|[\u200b-\u200d]"
)
WANTED = ["text.text_forms", "hits.similar_forms", "hits.text_clusters"]


def main(texts: int = TEXTS) -> None:
    """Print CPU seconds, memory, how well copies are found, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: what it needs is not what clusters need.
        writer = Process(target=write_texts, args=(folder / "texts.parquet", texts))
        writer.start()
        writer.join()
        with duckdb.connect(folder / "bench.duckdb") as connection:
            prepare(connection, folder)
            connection.execute("set memory_limit = '1GB'")
            connection.execute(
                "create table text.texts as select sha256(wording) as text_hash, "
                "wording, text.words_of(wording) as words, family from "
                f"(select distinct on (wording) * from '{folder}/texts.parquet')"
            )
            seconds = cluster_seconds(connection, folder)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
            print(f"texts {texts:,}: {seconds:.1f} CPU s, peak memory {peak:.2f} GB")
            print_quality(connection)
            rival = baseline_seconds(connection) * texts / BASELINE_TEXTS
    print(f"MinHash in Python, candidates only: {rival:.0f} CPU s (scaled)")
    print(f"ratio {rival / seconds:.0f}")


def write_texts(path: Path, texts: int) -> None:
    """Texts with the word frequencies of language, and near copies of a third."""
    draw = np.random.default_rng(0)
    written = {word for label in read_labels() for word in label.text.split()}
    # Labels show disguises often; of 85,729 real comments one in a thousand has one.
    words = np.array(sorted(word for word in written if not DISGUISED.search(word)))
    draw.shuffle(words)
    odds = 1 / (np.arange(len(words)) + 2.7)
    originals = texts * 7 // 10
    lengths = draw.integers(4, 45, originals)
    picks = draw.choice(words, int(lengths.sum()), p=odds / odds.sum())
    parts = np.split(picks, np.cumsum(lengths)[:-1])
    families = np.concatenate(
        [np.arange(originals), draw.integers(0, originals // 3, texts - originals)]
    )
    wordings = []
    for number, family in enumerate(families):
        said = list(parts[family])
        if number >= originals:
            edit(draw, said, words)
        wordings.append(" ".join(said) + tail(number))
    pq.write_table(pa.table({"wording": wordings, "family": families}), path)


def edit(draw: np.random.Generator, said: list[str], words: np.ndarray) -> None:
    """Replace, insert or leave out up to three words."""
    for kind in draw.integers(0, 3, draw.integers(0, 4)):
        place, word = int(draw.integers(0, len(said))), str(draw.choice(words))
        said[place : place + (kind != 1)] = [word] if kind < 2 else []
        if not said:
            said.append(word)


def tail(number: int) -> str:
    """What makes each text distinct: a figure, now and then a link."""
    return f" https://page.example/{number}" if number % 10 == 0 else f" {number}"


def cluster_seconds(connection: duckdb.DuckDBPyConnection, folder: Path) -> float:
    """CPU seconds of the models that make the clusters."""
    started = time.process_time()
    for model in needed_models(WANTED, ["text.texts"]):
        make(connection, model, folder)
    return time.process_time() - started


def print_quality(connection: duckdb.DuckDBPyConnection) -> None:
    """Recall of pairs that share 80 %, and what pairs in one cluster share."""
    connection.execute("""
        create temp table pairs as
        select
            one.family = two.family as is_family,
            a.cluster_id = b.cluster_id as is_found,
            one_form.form_hash = two_form.form_hash
            or text.overlap(one_form.word_pairs, two_form.word_pairs) >= 0.8 as is_near,
            text.overlap(one_form.word_pairs, two_form.word_pairs) >= 0.6 as is_like
        from text.texts as one
        inner join text.texts as two
            on one.family = two.family and one.text_hash < two.text_hash
        inner join text.text_forms as one_form on one_form.text_hash = one.text_hash
        inner join text.text_forms as two_form on two_form.text_hash = two.text_hash
        inner join hits.text_clusters as a on a.text_hash = one.text_hash
        inner join hits.text_clusters as b on b.text_hash = two.text_hash
        where one.family % 20 = 0 and one_form.word_pairs is not null
    """)
    recall, pairs = connection.execute(
        "select avg(cast(is_found as int)), count(*) from pairs where is_near"
    ).fetchall()[0]
    print(f"recall {recall:.4f} of {pairs:,} pairs that share 80 %")
    precision, like, near, found = connection.execute("""
        with members as (
            select cluster_id, text_hash, family, word_pairs
            from hits.text_clusters
            inner join text.text_forms using (text_hash)
            inner join text.texts using (text_hash)
            where hash(cluster_id) % 20 = 0 and word_pairs is not null
        )
        select
            avg(cast(one.family = two.family as int)),
            avg(cast(text.overlap(one.word_pairs, two.word_pairs) >= 0.6 as int)),
            avg(cast(text.overlap(one.word_pairs, two.word_pairs) >= 0.8 as int)),
            count(*)
        from members as one
        inner join members as two
            on one.cluster_id = two.cluster_id and one.text_hash < two.text_hash
    """).fetchall()[0]
    print(f"of {found:,} pairs in one cluster {precision:.4f} are true copies,")
    print(f"{like:.4f} share 60 % and {near:.4f} share 80 % with each other")


def baseline_seconds(connection: duckdb.DuckDBPyConnection) -> float:
    """CPU seconds of 18 MinHash values for some texts, as one writes it in Python."""
    rows = connection.execute(
        f"select words from text.texts limit {BASELINE_TEXTS}"
    ).fetchall()
    started = time.process_time()
    buckets: dict[tuple[int, ...], list[int]] = {}
    for number, (words,) in enumerate(rows):
        pairs = set(pairwise(words))
        least = [
            min((hash((k, *pair)) for pair in pairs), default=0) for k in range(15)
        ]
        for band in range(5):
            key = (band, *least[3 * band : 3 * band + 3])
            buckets.setdefault(key, []).append(number)
    return time.process_time() - started


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
