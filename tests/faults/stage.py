"""A small archive to do harm to, the programs to run on it, and what must survive."""

import gzip
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import duckdb
import pypdf

from tests.collectors.fake_meta import TOKEN

RECORDED = Path("seeds/sample_archive/recorded")
DATABASE = "adwatch.duckdb"
RUN_SECONDS = 120
# The last line of a message must tell what to do, or where the reason stands.
REMEDY = re.compile(
    r"run `?make|run again|run later|with --fresh|restore|see that there is space"
    r"|set it right|delete it|see .*README|take the line out|move it away"
    r"|send it again|stop it"
)


class Ended(NamedTuple):
    """How a program ended, and what it said."""

    code: int
    said: str


class Programs:
    """Adwatch's command lines in processes of their own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._told: dict[int, Path] = {}
        self._folder = Path(mkdtemp())

    def start(self, program: object, *arguments: object, **kind: object) -> int:
        """The process id of a program that now runs."""
        told = self._folder / str(len(self._told))
        asked = {"start": program, "arguments": [*map(str, arguments)]}
        process = self._asked({**asked, "told": str(told), **kind})
        self._told[process] = told
        return process

    def ended(self, process: int) -> Ended:
        """How a started program ended; waits for it."""
        code = self._asked({"wait": process})
        return Ended(code, self._told[process].read_text(encoding="utf-8"))

    def run(self, *command: object, **kind: object) -> Ended:
        """Start a program and wait for its end."""
        return self.ended(self.start(*command, **kind))

    def kill(self, process: int) -> Ended:
        """Kill a started program, as a power cut would."""
        os.kill(process, signal.SIGKILL)
        return self.ended(process)

    def _asked(self, what: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def launched() -> Iterator[Programs]:
    """The programs, ready to start."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.launcher"],
        env={**os.environ, "META_ACCESS_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Programs(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(RUN_SECONDS)


def telling_ads(count: int) -> list[dict[str, Any]]:
    """Invented ads of the sample archive, threats among them, in Meta's wire format."""
    path = min(RECORDED.glob("*Z/AZ/page-001.json.gz"))
    ads: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["data"]
    return ads[:count]


def tables_of(archive: Path) -> dict[str, tuple[int, int]]:
    """Of the tables that readers use the rows and a hash over all cells.

    Not of text and hits: they number stretches of text as it comes.
    """
    found = {}
    with duckdb.connect(archive / DATABASE, read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('staging', 'flags', 'marts')"
        ).fetchall()
        for (name,) in names:
            said = f"select count(*), sum(hash(whole)) from {name} as whole"
            found[name] = connection.execute(said).fetchall()[0]
    assert found
    return found


def report_of(archive: Path) -> dict[str, bytes]:
    """The files of the only report of an archive, its PDF opened and read."""
    (folder,) = (archive / "reports").glob("[!.]*")
    assert len(pypdf.PdfReader(folder / "report.pdf").pages) > 0
    files = filter(Path.is_file, sorted(folder.rglob("*")))
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).digest()
        for path in files
    }


def files_of(folder: Path, *patterns: str) -> dict[str, bytes]:
    """The files that match, by their path in `folder`."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for pattern in patterns
        for path in sorted(folder.glob(pattern))
    }


def assert_told(ended: Ended, *named: str) -> None:
    """A program that failed says so in one line with the place and the remedy."""
    assert ended.code == 1, ended
    assert "Traceback" not in ended.said, ended.said
    assert "a fault of adwatch" not in ended.said
    told = ended.said.splitlines()[-1]
    assert re.match(r"(collect|build|report|review|query): ", told), ended.said
    assert REMEDY.search(told), told
    assert any(name in told for name in named), (named, told)


def wait_until(condition: Callable[[], object], seconds: float = RUN_SECONDS) -> None:
    """Return once `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.002)
