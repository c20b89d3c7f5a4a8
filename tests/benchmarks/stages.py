"""What each model of a build costs: `python -m tests.benchmarks.stages ARCHIVE`.

Prints one line of JSON a step, and one for the whole. CPU seconds are those of the
process and of the children it waited for; the peak of memory is each step's own.
"""

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from threading import Event, Thread
from typing import Any

from analysis import build as analysis_build
from analysis import inputs, renewal
from analysis.database import SPILL

_STATUS = Path("/proc/self/status")
_FORGET_PEAK = "5"
STEPS = (
    (analysis_build, "make check describe install_macros _publish"),
    (inputs, "collected fingerprint prove_parquet"),
    (renewal, "make _write_part _drop_outdated _merge"),
)


def main(archive: Path) -> None:
    """Build the archive's database with every step measured."""
    for module, names in STEPS:
        for name in names.split():
            _measure_calls(module, name, archive)
    with measured("whole", archive, is_whole=True):
        analysis_build.build(archive)


def _measure_calls(module: Any, name: str, archive: Path) -> None:
    inner = getattr(module, name)

    def outer(*given: Any, **named: Any) -> Any:
        step = given[1].name if name == "make" else name.strip("_")
        if name == "_merge":
            step += f" {given[1].name}"
        with measured(step, archive):
            return inner(*given, **named)

    setattr(module, name, outer)


@contextlib.contextmanager
def measured(step: str, archive: Path, is_whole: bool = False) -> Iterator[None]:
    """Print CPU seconds, seconds, GB of memory at the peak, and GB spilled."""
    peaks = {"memory": 0.0, "spill": 0.0}
    done = Event()
    if not is_whole:
        Path("/proc/self/clear_refs").write_text(_FORGET_PEAK)
    watcher = Thread(target=_watch, args=(archive, peaks, done), daemon=True)
    watcher.start()
    begun, used = time.monotonic(), cpu_seconds()
    yield
    cpu, wall = cpu_seconds() - used, time.monotonic() - begun
    done.set()
    watcher.join()
    memory = peaks["memory"] if is_whole else _peak_memory()
    print(
        json.dumps(
            {
                "step": step,
                "cpu": round(cpu, 2),
                "wall": round(wall, 2),
                "memory": round(memory, 2),
                "spill": round(peaks["spill"], 2),
            }
        ),
        flush=True,
    )


def _watch(archive: Path, peaks: dict[str, float], done: Event) -> None:
    """Keep the most memory and the most spilled bytes seen; steps forget the peak."""
    while not done.wait(0.2):
        peaks["memory"] = max(peaks["memory"], _peak_memory())
        spilled = 0
        for path in archive.glob(f"{SPILL}/*"):
            with contextlib.suppress(FileNotFoundError):
                spilled += path.stat().st_size
        peaks["spill"] = max(peaks["spill"], spilled / 1e9)


def cpu_seconds() -> float:
    """CPU seconds of this process and of the children it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    )


def _peak_memory() -> float:
    """The process's highest memory since it was last forgotten, in GB."""
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1e6
    raise OSError(f"{_STATUS} names no peak of memory")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
