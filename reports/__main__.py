"""Command line: `python -m reports --archive data/sample`."""

import argparse
import fcntl
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from reports.database import open_marts, read_facts
from reports.errors import ReportError
from reports.report import charts, draw_chart, report_data
from reports.typeset import typeset

log = logging.getLogger("reports")


def main(arguments: list[str] | None = None) -> int:
    """Make one report; 0 when it is written, 1 when it could not be made."""
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument(
        "--archive", type=Path, required=True, help="folder of the archive, data/sample"
    )
    archive: Path = parser.parse_args(arguments).archive
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        make_report(archive)
    except ReportError as error:
        log.error("report: %s", error)
        return 1
    except OSError as error:
        log.error(
            "report: %s; see that there is space and that you may write there", error
        )
        return 1
    return 0


def make_report(archive: Path) -> Path:
    """Write the report of an archive into `reports/<period>`, whole or not at all.

    Raises:
        ReportError: there is no usable database, or the pages cannot be set.
    """
    with open_marts(archive / "adwatch.duckdb") as connection:
        facts = read_facts(connection)
        target = archive / "reports" / facts.period
        log.info(
            "report: %s, %d ads, %d flagged, database %s",
            facts.period,
            facts.counts["ads_count"],
            facts.counts["flagged_ads_count"],
            facts.database_version,
        )
        with replacing(target) as folder:
            (folder / "charts").mkdir()
            drawn = []
            for chart in charts():
                entry = draw_chart(connection, chart, facts, folder / "charts")
                log.info("  chart %s: %s", chart.name, entry["title"])
                drawn.append(entry)
            data = report_data(connection, facts, drawn)
            pages = typeset(data, facts, folder)
    log.info("  %d pages: %s", pages, target / "report.pdf")
    return target


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder beside `target` that takes its place when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(target.parent):
        _tidy(target)
        yield from _replaced(target)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold `folder`; the system lets go of it if the holder dies.

    Raises:
        ReportError: another process writes a report there.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReportError(
                f"{folder}: another report is being written; run again when it is done"
            ) from error
        yield
    finally:
        os.close(handle)


def _tidy(target: Path) -> None:
    """Bring back a report that a killed run had put aside, and drop what it left."""
    for old in sorted(target.parent.glob(f".{target.name}.old.*")):
        if not target.exists():
            old.rename(target)
    for kind in ("new", "old"):
        for left in target.parent.glob(f".{target.name}.{kind}.*"):
            shutil.rmtree(left, ignore_errors=True)


def _replaced(target: Path) -> Iterator[Path]:
    new = Path(mkdtemp(prefix=f".{target.name}.new.", dir=target.parent))
    old = new.with_name(new.name.replace(".new.", ".old."))
    try:
        yield new
        new.chmod(0o755)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
