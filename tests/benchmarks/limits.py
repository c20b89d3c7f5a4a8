"""Beside the analysis of an archive: what machine and habit allow.

python -m tests.benchmarks.limits ARCHIVE     prints one line of JSON for each

Limits are the least that any program must do: decode the Parquet, look through the
bytes of all texts once, search them for fixed strings. The habit is what a user writes:
for every ad lower case, one regular expression of all terms, and langdetect; measured
on some ads and scaled.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from langdetect import LangDetectException, detect

from analysis.texts import database_of_tables
from tests.benchmarks.detection import as_regular_expressions
from tests.benchmarks.stages import cpu_seconds

HABIT_ADS = 1_000
TEXTS = """
select array_to_string(
    list_concat(body_texts, title_texts, description_texts), ' '
) as wording from read_parquet(?)
"""


def main(archive: Path) -> None:
    """Print CPU seconds and seconds of each."""
    files = [str(path) for path in sorted(archive.glob("ads/*/*.parquet"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _measured("Parquet decoded (pyarrow, all columns)", lambda: decode(files))
        texts = folder / "texts.txt"
        ads = write_texts(files, texts)
        content = np.memmap(texts, dtype=np.uint8, mode="r")
        content.max()
        _measured("one look at every byte of the texts", lambda: int(content.max()))
        with database_of_tables({}, ["staging.lexicon_terms"], folder) as connection:
            rows = connection.execute("select pattern from staging.lexicon_terms")
            patterns = [pattern for (pattern,) in rows.fetchall()]
        first_words = folder / "words.txt"
        # Without the empty one, which every line would hold.
        words = {pattern.split()[0].strip("*") for pattern in patterns} - {""}
        first_words.write_text("\n".join(sorted(words)), encoding="utf-8")
        for program in ("rg", "grep"):
            if shutil.which(program):
                search = [program, "-F", "-o", "-w", "-f", str(first_words), str(texts)]
                _measured(
                    f"{program} -F -o -w, first words of all terms as written",
                    partial(run_unheard, search),
                )
        with texts.open(encoding="utf-8") as file:
            step = max(1, ads // HABIT_ADS)
            sample = [line.strip() for line in islice(file, 0, HABIT_ADS * step, step)]
        _measured(
            f"pandas, one alternation and langdetect for each ad (scaled from "
            f"{len(sample):,})",
            lambda: habit(sample, patterns),
            ads / len(sample),
        )


def decode(files: list[str]) -> None:
    """Read every column of every row."""
    for path in files:
        for batch in pq.ParquetFile(path).iter_batches():
            del batch


def write_texts(files: list[str], target: Path) -> int:
    """One line an ad; their number."""
    with duckdb.connect() as connection, target.open("w", encoding="utf-8") as file:
        for batch in connection.execute(TEXTS, [files]).to_arrow_reader(20_000):
            lines = (text.replace("\n", " ") for text in batch["wording"].to_pylist())
            file.writelines(f"{line}\n" for line in lines)
        counted = connection.execute("select count(*) from read_parquet(?)", [files])
        return int(counted.fetchall()[0][0])


def run_unheard(command: list[str]) -> None:
    """Run a program and drop what it prints; of /dev/null it would know, and stop."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while process.stdout and process.stdout.read(1 << 20):
            pass
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def habit(texts: list[str], patterns: list[str]) -> None:
    """Terms and language of every ad, as a user would write it."""
    alternation = r"\b(?:" + "|".join(as_regular_expressions(patterns)) + r")\b"
    ads = pd.Series(texts)
    ads.str.lower().str.contains(alternation).sum()
    ads.map(language)


def language(text: str) -> str:
    """What langdetect says."""
    try:
        return str(detect(text))
    except LangDetectException:
        return "unknown"


def _measured(step: str, work: Callable[[], object], scale: float = 1) -> None:
    begun, used = time.monotonic(), cpu_seconds()
    work()
    wall, cpu = time.monotonic() - begun, cpu_seconds() - used
    told = {"step": step, "cpu": round(cpu * scale, 2), "wall": round(wall * scale, 2)}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
