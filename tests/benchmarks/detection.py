"""Texts to rule flags: our SQL beside what a user would write in pandas, in one run.

python -m tests.benchmarks.detection [TEXTS]     default 200,000 distinct texts
"""

import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.build import make, prepare
from analysis.semantic.labels import read_labels
from analysis.texts import AD_VERSIONS, needed_models

TEXTS = 200_000
PANDAS_TEXTS = 5_000
WANTED = ["flags.rule_flags"]


def main(texts: int = TEXTS) -> None:
    """Print CPU seconds, the growth with texts, and the ratio to pandas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.parquet"
        write_texts(path, texts)
        tenth, _ = sql_seconds(path, Path(folder), texts // 10)
        whole, terms = sql_seconds(path, Path(folder), texts)
        rival = pandas_seconds(path, terms) * texts / PANDAS_TEXTS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"texts {texts:,}, terms {len(terms):,}, peak memory {peak:.2f} GB")
    print(f"SQL: {whole:.1f} CPU s for all, {tenth:.1f} for a tenth of the texts")
    print(f"pandas, one alternation without attribution: {rival:.0f} CPU s (scaled)")
    print(f"ratio {rival / whole:.0f}")


def write_texts(path: Path, texts: int) -> None:
    """Distinct texts of Zipf-distributed words, as versions of ads."""
    draw = np.random.default_rng(0)
    words = np.array(sorted({w for x in read_labels() for w in x.text.split()}))
    draw.shuffle(words)
    lengths = draw.integers(8, 45, texts)
    picks = np.minimum(draw.zipf(1.25, int(lengths.sum())) - 1, len(words) - 1)
    parts = np.split(words[picks], np.cumsum(lengths)[:-1])
    bodies = [[f"{' '.join(part)} {number}"] for number, part in enumerate(parts)]
    ids = [str(number) for number in range(texts)]
    nothing = pa.nulls(texts, pa.list_(pa.string()))
    columns = [ids, ids, bodies, nothing, nothing, nothing]
    pq.write_table(pa.table(dict(zip(AD_VERSIONS.names, columns, strict=True))), path)


def sql_seconds(path: Path, folder: Path, texts: int) -> tuple[float, list[str]]:
    """CPU seconds from Parquet to rule flags, and the patterns searched for."""
    database = folder / f"{texts}.duckdb"
    with duckdb.connect(database) as connection:
        prepare(connection, folder)
        connection.execute("set memory_limit = '1.2GB'")
        connection.execute(
            f"create view staging.ad_versions as from '{path}' limit {texts}"
        )
        started = time.process_time()
        for model in needed_models(WANTED, ["staging.ad_versions"]):
            make(connection, model, folder)
        seconds = time.process_time() - started
        rows = connection.execute("select pattern from staging.lexicon_terms")
        return seconds, [pattern for (pattern,) in rows.fetchall()]


def pandas_seconds(path: Path, patterns: list[str]) -> float:
    """CPU seconds for the usual way: lower case and one alternation over all terms."""
    bodies = pq.read_table(path, columns=["body_texts"])["body_texts"]
    texts = pd.Series([body[0] for body in bodies[:PANDAS_TEXTS].to_pylist()])
    forms = [
        r"\s+".join(
            re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
            for word in pattern.split()
            if not word.startswith("~")
        )
        for pattern in patterns
    ]
    started = time.process_time()
    texts.str.lower().str.contains(r"\b(?:" + "|".join(forms) + r")\b").sum()
    return time.process_time() - started


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
