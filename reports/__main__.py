"""Command line: `python -m reports --archive data/sample --period last-month`."""

import argparse
import fcntl
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from reports.database import open_marts, read_facts
from reports.edition import Edition
from reports.errors import ReportError
from reports.evidence_files import write_evidence
from reports.language import LANGUAGES, language
from reports.manifest import write_manifest
from reports.page import write_page
from reports.period import FORMS, Period, dated
from reports.report import report_data
from reports.settings import Settings, read_settings
from reports.typeset import typeset

log = logging.getLogger("reports")


def main(arguments: list[str] | None = None) -> int:
    """Make one report; 0 when it is written, 1 when it could not be made."""
    options = parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        period = options.period or dated(options.since, options.until)
        make_report(options.archive, period, options.language, read_settings())
    except ReportError as error:
        log.error("report: %s", error)
        return 1
    except OSError as error:
        log.error(
            "report: %s; see that there is space and that you may write there", error
        )
        return 1
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The options of the command; a wrong one ends the program with code 2."""
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    add = parser.add_argument
    add("--archive", type=Path, required=True, help="folder of the archive")
    add("--since", type=date.fromisoformat, help="first day, 2025-09-01")
    add("--until", type=date.fromisoformat, help="last day, 2025-09-30")
    add("--period", help=f"instead of the two days: {FORMS}")
    add("--language", choices=LANGUAGES, default="en", help="of the fixed words")
    options = parser.parse_args(arguments)
    if options.period and (options.since or options.until):
        parser.error("either --period, or --since and --until")
    return options


def make_report(
    archive: Path, period: Period | str, code: str, settings: Settings
) -> Path:
    """Write the report of a period into `reports/<period>`, whole or not at all.

    Raises:
        ReportError: there is no usable database, or the pages cannot be set.
    """
    with open_marts(archive / "adwatch.duckdb") as connection:
        facts = read_facts(connection, period, settings, language(code))
        target = archive / "reports" / facts.folder
        log.info(
            "report: %s, %d ads, %d flagged, database %s",
            facts.folder,
            facts.counts["ads_count"],
            facts.counts["flagged_ads_count"],
            facts.database_version,
        )
        with replacing(target) as folder:
            (folder / "charts").mkdir()
            edition = Edition(connection, facts, folder)
            data = report_data(edition)
            pages = typeset(data, facts, folder)
            write_page(edition, data)
            write_evidence(edition)
            write_manifest(edition)
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
