"""How many ads a second one process collects from a library on loopback.

python -m tests.benchmarks.collection [ADS]     prints one line of JSON

The library is a process of its own with its pages written beforehand, so that it is not
what is measured: real HTTP, pages of 500 ads as large as Meta's, landed, read and
written as in any run.
"""

import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import Process, SimpleQueue
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from threading import Event
from typing import Any

from collectors.__main__ import main as collect
from tests.benchmarks.corpus import GROUPS
from tests.collectors.conftest import write_config
from tests.collectors.fake_meta import TOKEN, FakeMeta, invented_ads, serving

ADS = 50_000
ADS_PER_PAGE = 500


@dataclass
class WrittenMeta(FakeMeta):
    """A library whose pages were written before anybody asked."""

    def __post_init__(self) -> None:
        """Write the ads of each page."""
        starts = range(0, len(self.ads), ADS_PER_PAGE)
        pages = (self.ads[start : start + ADS_PER_PAGE] for start in starts)
        self._written = {page[0]["id"]: json.dumps(page) for page in pages}

    def body(self, page: dict[str, Any]) -> bytes:
        """The page with its written ads."""
        written = self._written[page["data"][0]["id"]]
        return f'{{"data": {written}, {json.dumps({**page, "data": 0})[12:]}'.encode()


def main(ads: int = ADS) -> None:
    """Print ads a second, CPU seconds, and the peak of GB of the collecting process."""
    addresses: SimpleQueue[str] = SimpleQueue()
    library = Process(target=serve, args=(ads, addresses), daemon=True)
    library.start()
    os.environ["META_ACCESS_TOKEN"] = TOKEN
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        there = FakeMeta([], address=addresses.get())
        config = write_config(folder, there, ADS_PER_PAGE)
        begun, used = time.monotonic(), time.process_time()
        failed = collect(["--archive", str(folder / "live"), "--config", str(config)])
        seconds, cpu = time.monotonic() - begun, time.process_time() - used
        (run,) = (folder / "live").glob("raw/meta/*/run.json")
        written = json.loads(run.read_bytes())["counts"]["written"]
    library.terminate()
    if failed or written != ads:
        raise SystemExit(f"collected {written} of {ads} ads")
    print(
        json.dumps(
            {
                "ads": ads,
                "wall": round(seconds, 2),
                "cpu": round(cpu, 2),
                "memory": round(getrusage(RUSAGE_SELF).ru_maxrss / 1e6, 2),
            }
        )
    )


def serve(ads: int, addresses: "SimpleQueue[str]") -> None:
    """Answer until this process is ended."""
    groups = _groups()
    shown = [{**ad, "demographic_distribution": groups} for ad in invented_ads(ads)]
    with serving(WrittenMeta(shown)) as library:
        addresses.put(library.address)
        Event().wait()


def _groups() -> list[dict[str, Any]]:
    share = f"{1 / len(GROUPS):.6f}"
    return [{"percentage": share, "age": age, "gender": sex} for age, sex in GROUPS]


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
