"""Run all benchmarks and write RESULTS.md: `make bench [SIZES="1000000 10000000"]`.

Every measurement is a process of its own, for a child's peak of memory starts at its
parent's. SIZES are the numbers of ads of the large archives.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("RESULTS.md")
# Archives that corpus.py wrote here before, as 1000000-0.2, need not be written again.
CORPORA = Path(os.environ.get("ADWATCH_CORPORA", "data/corpora"))
# More texts than all of which get a vector (hits.text_vectors), as in large archives.
SMALL = 125_000
SIZES = (1_000_000,)
DISTINCT = 0.2
NEW_SHARE = 0.01
LONGEST_STEPS = 12
KERNELS = ("detection", "clusters", "bundle", "report")
PACKAGES = ("duckdb", "pyarrow", "pandas", "numpy")
Step = dict[str, Any]

HEAD = """# Benchmarks

Written by `make bench`; do not edit. The archives are invented
([corpus.py](corpus.py)). CPU seconds count all threads and processes; other work on
the machine makes wall time long and CPU seconds somewhat longer.

"""


def main(sizes: Sequence[int]) -> None:
    """Measure everything and write it down, each part as soon as it is known."""
    lines = [HEAD, *machine()]
    for part in parts(sizes):
        lines += part
        RESULTS.write_text("\n".join(lines).replace("\n\n\n", "\n\n"), encoding="utf-8")


def parts(sizes: Sequence[int]) -> Iterator[list[str]]:
    """Each section of the file, measured when it is asked for."""
    yield collection()
    yield from map(kernel, KERNELS)
    yield from archives(sizes)


def machine() -> list[str]:
    """What was measured on, with what, when, and how busy it was."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return [
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores, "
        f"{gigabytes:.0f} GB, {platform.system()} {platform.machine()}",
        f"- Python {platform.python_version()}, {packages}",
        f"- waiting for a core when this began: {os.getloadavg()[0]:.1f} processes",
        "",
    ]


def archives(sizes: Sequence[int]) -> Iterator[list[str]]:
    """The whole analysis: small, small with every text distinct, and of `sizes`."""
    found: dict[int, list[Step]] = {}
    kinds = [(SMALL, DISTINCT), (SMALL, 1.0), *((ads, DISTINCT) for ads in sizes)]
    for ads, distinct in kinds:
        with tempfile.TemporaryDirectory() as name:
            archive = Path(name) / "invented"
            write(archive, ads, distinct)
            yield [f"## {ads:,} ads, {distinct:.0%} with a text of their own\n"]
            first = steps("stages", archive)
            yield [f"Whole analysis: {_told(first[-1])}.\n"]
            yield [*_sizes(archive), *_table(first)]
            write(archive, ads, distinct, int(ads * NEW_SHARE))
            second = steps("stages", archive)
            share = f"{second[-1]['cpu'] / first[-1]['cpu']:.0%} of the CPU seconds"
            yield [f"After {NEW_SHARE:.0%} new ads: {_told(second[-1])}: {share}.\n"]
            yield _table(second)
            yield ["Beside it:\n", *_table(steps("limits", archive))]
        if distinct == DISTINCT:
            found[ads] = first
            if len(found) > 1:
                yield growth(found)


def write(archive: Path, ads: int, distinct: float, more: int = 0) -> None:
    """An archive of invented ads, linked to one that is kept; or `more` ads for it."""
    kept = CORPORA / f"{ads}-{distinct}"
    if kept.exists() and not more:
        shutil.copytree(kept, archive, copy_function=os.link)
    else:
        size = ["--ads", ads, "--distinct", distinct]
        run("corpus", archive, *size, "--more", more)


def growth(found: dict[int, list[Step]]) -> list[str]:
    """CPU time for each ad, by the number of ads; the same where it grows with them."""
    spent = {
        ads: {step["step"]: step["cpu"] / ads * 1e6 for step in steps}
        for ads, steps in found.items()
    }
    largest = spent[max(spent)]
    longest = sorted(largest, key=lambda step: -largest[step])[: LONGEST_STEPS + 1]
    head = " | ".join(f"{ads:,} ads" for ads in spent)
    rows = [
        f"| {step} | "
        + " | ".join(f"{each[step]:.1f}" for each in spent.values())
        + " |"
        for step in longest
    ]
    return [
        f"### Growth up to {max(spent):,} ads\n",
        f"CPU time of a build, in microseconds an ad; {DISTINCT:.0%} distinct.\n",
        f"| step | {head} |",
        "|---" * (len(spent) + 1) + "|",
        *rows,
        "",
    ]


def _told(step: Step) -> str:
    return (
        f"{step['cpu']:.0f} CPU s, {step['wall']:.0f} s, at most "
        f"{step['memory']:.1f} GB of memory and {step['spill']:.1f} GB spilled"
    )


def _sizes(archive: Path) -> list[str]:
    parquet = sum(path.stat().st_size for path in archive.glob("ads/*/*.parquet"))
    database = (archive / "adwatch.duckdb").stat().st_size
    return [
        f"Parquet {parquet / 1e6:.0f} MB, database {database / 1e6:.0f} MB: "
        f"{database / parquet:.1f} times.\n"
    ]


def _table(found: list[Step]) -> list[str]:
    """The steps that took longest; the whole is told elsewhere."""
    longest = sorted(
        (step for step in found if step["step"] != "whole"), key=lambda s: -s["cpu"]
    )
    rows = [
        f"| {step['step']} | {step['cpu']:.1f} | {step['wall']:.1f} | "
        f"{step.get('memory', '')} | {step.get('spill', '')} |"
        for step in longest[:LONGEST_STEPS]
    ]
    head = ["| step | CPU s | s | GB | GB spilled |", "|---|---|---|---|---|"]
    return [*head, *rows, ""]


def collection() -> list[str]:
    """Ads a second from a library on loopback, in one process."""
    (told,) = steps("collection")
    return [
        "## Collection\n",
        f"{told['ads']:,} ads from a fake library over HTTP on loopback, in one "
        f"process: {told['ads'] / told['wall']:,.0f} ads a second "
        f"({told['ads'] / told['cpu']:,.0f} a CPU second), {told['memory']} GB.\n",
    ]


def kernel(name: str) -> list[str]:
    """What one of the modules beside this prints."""
    said = run(name).stdout.strip()
    return [f"## {name.capitalize()}\n", "```", said, "```\n"]


def steps(name: str, *arguments: object) -> list[Step]:
    """The lines of JSON that a module prints."""
    return [json.loads(line) for line in run(name, *arguments).stdout.splitlines()]


def run(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A module of this folder in a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, arguments)]
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
