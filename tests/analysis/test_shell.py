"""`make sql`: what it refuses, and what it does in a terminal."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SAFE = "cannot be used in -safe mode"
CLOSED = "file system operations are disabled"
LOCKED = "the configuration has been locked"
REFUSED = [
    ("from read_csv('/etc/passwd');", CLOSED),
    ("from read_text('{folder}/archive.json');", CLOSED),
    ("copy (select 1) to '{folder}/out.csv';", CLOSED),
    ("copy (select 1) to '{folder}/ads/out.parquet';", CLOSED),
    ("copy (select 1) to '{folder}/exports/../out.csv';", CLOSED),
    ("attach '{folder}/other.duckdb';", CLOSED),
    ("install httpfs;", CLOSED),
    ("load httpfs;", "Loading external extensions is disabled"),
    ("from read_csv('https://example.org/a.csv');", CLOSED),
    ("set enable_external_access = true;", LOCKED),
    ("set allowed_directories = ['/'];", LOCKED),
    ("drop table marts.rules;", "read-only"),
    (".read /etc/passwd", SAFE),
    (".shell touch {folder}/shell", SAFE),
    (".open {folder}/other.duckdb", SAFE),
    (".output {folder}/out.txt", SAFE),
    (".import /etc/passwd stolen", SAFE),
]
SHELL = ["make", "--silent", "sql", "ARCHIVE=here"]


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_shell_reads_only_and_writes_exports_only(archive: Path) -> None:
    before = files(archive)
    allowed = f"copy (select 'kept' as answer) to '{archive}/exports/answer.csv';"
    asked = [sql.format(folder=archive) for sql, _ in REFUSED]
    done = subprocess.run(
        [*SHELL, f"DATA={archive}"],
        input="\n".join([*asked, allowed, "select 'still', count(*) from help();"]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(archive)},
    )
    assert "flagged_ads_count" in done.stdout
    assert "root:" not in done.stdout + done.stderr
    said = done.stdout + done.stderr
    for complaint in {complaint for _, complaint in REFUSED}:
        wanted = sum(complaint == other for _, other in REFUSED)
        assert said.count(complaint) == wanted, (complaint, said)
    assert "still" in done.stdout
    answer = archive / "exports" / "answer.csv"
    assert files(archive) - before == {answer}
    assert answer.read_text() == "answer\nkept\n"


class Terminal:
    """What stands on a terminal, and a way to type."""

    def __init__(self, handle: int) -> None:
        """Over the master side of a pseudo-terminal."""
        self.handle = handle
        self.seen = ""

    def wait_for(self, words: str, seconds: float = 30) -> None:
        """Read on until `words` stand there, and begin anew behind them."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.handle], [], [], 0.1)[0]:
                read = os.read(self.handle, 65536).decode(errors="replace")
                self.seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", self.seen + read)
        self.seen = self.seen.partition(words)[2]

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self.handle, keys.encode())


@contextmanager
def terminal(command: list[str], home: Path) -> Iterator[Terminal]:
    """A command in a terminal of 30 lines; it must end well by itself."""
    child, handle = pty.fork()
    if child == 0:
        os.execvpe(
            command[0],
            command,
            {**os.environ, "HOME": str(home), "TERM": "xterm", "PAGER": "less"},
        )
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))
    try:
        yield Terminal(handle)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        os.close(handle)


@pytest.mark.skipif(shutil.which("less") is None, reason="needs the pager less")
def test_in_a_terminal_it_greets_completes_and_pages(archive: Path) -> None:
    with terminal([*SHELL, f"DATA={archive}"], archive) as shell:
        for greeted in ("is_invented", "marts: ", "flagged_between(", ".quit"):
            shell.wait_for(greeted)
        shell.wait_for("adwatch D ")
        shell.write("select count(*) from marts.flagged_a")
        shell.wait_for("marts.flagged_a")
        shell.write("\t")
        shell.wait_for("marts.flagged_ads")
        shell.write(";\r")
        shell.wait_for("count_star()")
        shell.wait_for("adwatch D ")
        shell.write("from help();\r")
        shell.wait_for("ads_of(")
        shell.write("G")
        shell.wait_for("text.vocabulary")
        shell.write("!")
        shell.wait_for("Command not available")
        shell.write("\rq")
        shell.wait_for("adwatch D ")
        shell.write("selec 1;\r")
        shell.wait_for("syntax error")
        shell.wait_for("adwatch D ")
        shell.write(".quit\r")
