"""Command line: `python -m reports --archive data/sample`."""

import argparse
import logging
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
        log.error("report: %s: %s", error.filename, error.strerror)
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
