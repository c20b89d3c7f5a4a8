"""What Spark costs: core-seconds and shuffled bytes of a build, beside DuckDB's own.

python -m tests.benchmarks.spark [ADS [TEXTS]]     default 110,000 ads, 22,000 texts

The texts are English words without names, so that hardly any needs a vector: vectors
and scores cost the same on either engine and are left out here.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from analysis.semantic.labels import read_labels
from collectors.__main__ import main as collect

ADS = 110_000
TEXTS = 22_000


def main(ads: int = ADS, texts: int = TEXTS) -> None:
    """Print for each engine the core-seconds and what it moved."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "many"
        write_archive(archive, ads, texts)
        for engine in ("spark", "duckdb"):
            events = Path(folder) / engine
            started = time.monotonic()
            cpu, log = build(archive, engine, events)
            print(f"{engine}: {cpu:.0f} core-seconds for {ads} ads, {texts} texts")
            print(f"  {time.monotonic() - started:.0f} s by the clock", flush=True)
            for line in re.findall(r"^.*(?:parts made|joined) in .*$", log, re.M):
                print(" ", line)
            for path in events.glob("*"):
                print("  shuffled: {:,} bytes in {} stages".format(*shuffled(path)))
            (archive / "adwatch.duckdb").unlink()


def write_archive(archive: Path, ads: int, texts: int) -> None:
    """The sample archive with each ad many times over, under other ids and texts."""
    collect(["--archive", str(archive), "--sample"])
    with duckdb.connect() as connection:
        connection.register("texts", some_texts(texts))
        connection.execute("set timezone = 'UTC'")
        times = ads // count_ads(archive)
        for path in sorted(archive.glob("ads/*/*.parquet")):
            # Worked out before the join, which else compares all with all.
            connection.execute(
                f"""
                create or replace table ads as
                select
                    ads.* replace (ads.ad_id || '-' || times.number as ad_id),
                    cast(
                        hash(ads.ad_id, times.number) % {texts} as bigint
                    ) as text_number
                from read_parquet('{path}') as ads, range({times}) as times(number)
                """
            )
            connection.execute(
                f"""
                copy (
                    select
                        ads.* exclude (text_number)
                        replace (texts.body_texts as body_texts)
                    from ads inner join texts using (text_number)
                ) to '{path}' (row_group_size 20000)
                """
            )


def count_ads(archive: Path) -> int:
    """How many ads an archive has."""
    rows = duckdb.execute(
        f"select count(distinct ad_id) from read_parquet('{archive}/ads/*/*.parquet')"
    ).fetchall()
    return int(rows[0][0])


def some_texts(count: int) -> pa.Table:
    """Numbered texts of ordinary words."""
    said = [label.text for label in read_labels() if label.language == "en"]
    found = {word for text in said for word in text.split()}
    words = np.array(sorted(filter(str.islower, found)))
    draw = np.random.default_rng(0)
    bodies = [
        [f"{' '.join(draw.choice(words, draw.integers(8, 45)))} {number}"]
        for number in range(count)
    ]
    return pa.table({"text_number": range(count), "body_texts": bodies})


def build(archive: Path, engine: str, events: Path) -> tuple[float, str]:
    """Core-seconds of all processes of a build, and what it logged."""
    events.mkdir()
    settings = events.with_suffix(".conf")
    settings.mkdir()
    (settings / "spark-defaults.conf").write_text(
        "spark.eventLog.enabled true\nspark.eventLog.compress false\n"
        f"spark.eventLog.dir {events.as_uri()}\nspark.driver.memory 2g\n"
    )
    command = [sys.executable, "-m", "analysis", "build", "--archive", str(archive)]
    with (settings / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--engine", engine],
            stderr=log,
            env={**os.environ, "SPARK_CONF_DIR": str(settings)},
            start_new_session=True,
        )
        spent: dict[str, float] = {}
        while process.poll() is None:
            spent.update(cpu_of_session(process.pid))
            time.sleep(0.2)
    said = (settings / "log").read_text(encoding="utf-8")
    if process.returncode:
        raise SystemExit(said)
    return sum(spent.values()), said


def cpu_of_session(session: int) -> dict[str, float]:
    """Seconds that each process of a session has spent so far."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            ticks = int(fields[11]) + int(fields[12])
            found[path.parent.name] = ticks / os.sysconf("SC_CLK_TCK")
    return found


def shuffled(path: Path) -> tuple[int, int]:
    """Bytes that an event log says were shuffled, and in how many stages."""
    total, stages = 0, set()
    files = [path] if path.is_file() else sorted(path.glob("events*"))
    for line in "".join(file.read_text() for file in files).splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskEnd":
            written = event["Task Metrics"]["Shuffle Write Metrics"]
            total += written["Shuffle Bytes Written"]
            if written["Shuffle Bytes Written"]:
                stages.add(event["Stage ID"])
    return total, len(stages)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
