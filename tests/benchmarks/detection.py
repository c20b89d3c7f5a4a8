"""Texts to rule flags: our SQL beside what a user would write in pandas, in one run.

python -m tests.benchmarks.detection [TEXTS]     default a million distinct texts
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.database import prepare
from analysis.semantic.labels import read_labels
from analysis.tables import make
from analysis.texts import AD_VERSIONS, database_of_tables, needed_models

TEXTS = 1_000_000
TERMS = 2_000
PANDAS_TEXTS = 5_000
# For DuckDB; less than a build has, so that what large archives spill is spilled.
MEMORY = "1GB"
WANTED = ["flags.rule_flags"]
# The rest of the lexicon is left out in an order that has nothing to do with content.
FEWER_TERMS = """
delete from staging.lexicon_terms where term_id not in (
    select term_id from staging.lexicon_terms order by md5(term_id) limit ?
)
"""


def main(texts: int = TEXTS) -> None:
    """Print CPU seconds and memory by texts and by terms, and the ratio to pandas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.parquet"
        # In a process of its own: a child's peak starts at its parent's.
        run("write", path, texts)
        for share in (0.1, 0.3):
            measured(path, int(texts * share), TERMS)
        whole = measured(path, texts, TERMS)
        for terms in (500, 4_000):
            measured(path, texts, terms)
        rival = (
            pandas_seconds(path, some_patterns(TERMS, path.parent))
            * texts
            / PANDAS_TEXTS
        )
    print(f"pandas, one alternation without attribution: {rival:.0f} CPU s (scaled)")
    print(f"ratio at {texts:,} texts x {TERMS:,} terms: {rival / whole:.0f}")


def measured(path: Path, texts: int, terms: int) -> float:
    """CPU seconds of a process of its own, printed with its peak of memory."""
    cpu, memory, hits = json.loads(run("one", path, texts, terms))
    print(
        f"{texts:>9,} texts x {terms:>5,} terms: {cpu:5.1f} CPU s, {memory:.2f} GB, "
        f"{hits:,} hits"
    )
    return float(cpu)


def run(*asked: object) -> bytes:
    """What this module prints when it is asked in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.detection", *map(str, asked)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def one(path: Path, texts: int, terms: int) -> None:
    """Print CPU seconds from Parquet to rule flags, the peak of GB, and the hits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with duckdb.connect(folder / "texts.duckdb") as connection:
            prepare(connection, folder)
            connection.execute(f"set memory_limit = '{MEMORY}'")
            connection.execute("set threads = 2")
            connection.execute(
                f"create view staging.ad_versions as from '{path}' limit {texts}"
            )
            started = time.process_time()
            for model in needed_models(WANTED, ["staging.ad_versions"]):
                make(connection, model, folder)
                if model.name == "staging.lexicon_terms":
                    connection.execute(FEWER_TERMS, [terms])
            seconds = time.process_time() - started
            counted = connection.execute("select count(*) from hits.term_hits")
            hits = counted.fetchall()[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps([seconds, peak, hits]))


def some_patterns(terms: int, folder: Path) -> list[str]:
    """The patterns of the terms that `one` searches for."""
    with database_of_tables({}, ["staging.lexicon_terms"], folder) as connection:
        connection.execute(FEWER_TERMS, [terms])
        rows = connection.execute("select pattern from staging.lexicon_terms")
        return [pattern for (pattern,) in rows.fetchall()]


def write_texts(path: Path, texts: int) -> None:
    """Distinct texts of Zipf-distributed words, as versions of ads."""
    draw = np.random.default_rng(0)
    words = np.array(words_by_frequency())
    lengths = draw.integers(8, 45, texts)
    picks = np.minimum(draw.zipf(1.25, int(lengths.sum())) - 1, len(words) - 1)
    parts = np.split(words[picks], np.cumsum(lengths)[:-1])
    bodies = [[f"{' '.join(part)} {number}"] for number, part in enumerate(parts)]
    ids = [str(number) for number in range(texts)]
    nothing = pa.nulls(texts, pa.list_(pa.string()))
    columns = [ids, ids, bodies, nothing, nothing, nothing]
    pq.write_table(pa.table(dict(zip(AD_VERSIONS.names, columns, strict=True))), path)


def words_by_frequency() -> list[str]:
    """The words of the labels, those first that ordinary texts use most.

    In an order by chance the commonest word may be a threat's, and every text a hit.
    """
    labels = read_labels()
    ordinary = Counter(w for x in labels if x.is_ordinary for w in x.text.split())
    others = sorted({w for x in labels for w in x.text.split()} - ordinary.keys())
    return [word for word, _ in ordinary.most_common()] + others


def pandas_seconds(path: Path, patterns: list[str]) -> float:
    """CPU seconds for the usual way: lower case and one alternation over all terms.

    It does less than our SQL: it does not say which term it found or where, stops at
    a text's first hit, folds no diacritics, look-alikes or dotless and dotted i, leaves
    out gaps between words and endings (*word), and knows no rules.
    """
    bodies = pq.read_table(path, columns=["body_texts"])["body_texts"]
    texts = pd.Series([body[0] for body in bodies[:PANDAS_TEXTS].to_pylist()])
    forms = as_regular_expressions(patterns)
    started = time.process_time()
    texts.str.lower().str.contains(r"\b(?:" + "|".join(forms) + r")\b").sum()
    return time.process_time() - started


def as_regular_expressions(patterns: list[str]) -> list[str]:
    """The patterns of terms as a user would write them; steps over words are lost."""
    return [
        r"\s+".join(
            re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
            for word in pattern.split()
            if not word.startswith("~")
        )
        for pattern in patterns
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1:2] == ["write"]:
        write_texts(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(*(int(argument) for argument in sys.argv[1:2]))
