"""What Spark costs: core-seconds and shuffled bytes of a build, beside DuckDB's own.

python -m tests.benchmarks.spark [ADS]     default 110,000 ads, a fifth of them distinct
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.corpus import write_archive

ADS, DISTINCT = 110_000, 0.2


def main(ads: int = ADS) -> None:
    """Print for each engine the core-seconds and what it moved."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "invented"
        write_archive(archive, ads, DISTINCT)
        for engine in ("spark", "duckdb"):
            events = Path(folder) / engine
            started = time.monotonic()
            cpu, log = build(archive, engine, events)
            print(f"{engine}: {cpu:.0f} core-seconds for {ads:,} ads")
            print(f"  {time.monotonic() - started:.0f} s by the clock", flush=True)
            for line in re.findall(r"^.*(?:parts made|joined) in .*$", log, re.M):
                print(" ", line)
            for path in events.glob("*"):
                print("  shuffled: {:,} bytes in {} stages".format(*shuffled(path)))
            (archive / "adwatch.duckdb").unlink()
            # Each engine makes vectors and languages itself.
            shutil.rmtree(archive / "cache")


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
    main(*(int(argument) for argument in sys.argv[1:2]))
