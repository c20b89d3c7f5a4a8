"""Command line: python -m collectors [LIBRARY] --archive data/live.

Beside a library's name: `verify` proves an archive, `rebuild` makes its Parquet again.
"""

import argparse
import gc
import logging
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from collectors import sample_archive
from collectors.archive import opened_archive
from collectors.custody import rebuild, verify
from collectors.dry_run import tell_plan
from collectors.errors import CollectorError, SettingsError
from collectors.files import sole_writer
from collectors.http import Session
from collectors.libraries import LIBRARIES
from collectors.protocol import Library
from collectors.runs import Archive, Run, collect, saved_run, started_run
from collectors.secrets import Redaction, text_without_secrets
from collectors.settings import LibrarySettings, between, read_settings

log = logging.getLogger("collectors")

SAMPLE_NOTE = (
    "Collecting the bundled SAMPLE ARCHIVE: every ad in it is invented. "
    "To go live, copy adwatch.example.toml to adwatch.toml and set META_ACCESS_TOKEN."
)
VERIFY, REBUILD = "verify", "rebuild"
# Records hold no cycles, yet Python looks for some after every 700 new objects, again
# and again in all rows that wait to be written: a seventh of the time to read a record.
OBJECTS_BETWEEN_SEARCHES = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when everything asked for was done."""
    options = _options(arguments)
    _start_logging()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    # What is collected is for its owner's eyes.
    os.umask(0o077)
    is_sample = options.sample or not options.config.exists()
    folder = options.archive or Path("data") / ("sample" if is_sample else "live")
    try:
        if options.command == VERIFY:
            _verify(folder)
        elif options.dry_run:
            tell_plan(folder, _chosen(options), datetime.now(UTC).date())
        else:
            with sole_writer(folder):
                return _write(folder, is_sample, options)
    except CollectorError as error:
        log.error("collect: %s", error)
        return 1
    except OSError as error:
        log.error(
            "collect: %s: %s; see that there is space and that you may write there, "
            "then run again: what was landed is kept",
            folder,
            error,
        )
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m collectors")
    parser.add_argument(
        "command",
        nargs="?",
        metavar="LIBRARY",
        choices=[*sorted(LIBRARIES), VERIFY, REBUILD],
        help=f"{', '.join(sorted(LIBRARIES))}; all that are configured if left out; "
        f"or {VERIFY} or {REBUILD} the archive",
    )
    parser.add_argument("--archive", type=Path, help="data folder, e.g. data/live")
    parser.add_argument("--config", type=Path, default=Path("adwatch.toml"))
    parser.add_argument("--sample", action="store_true", help="the invented sample")
    parser.add_argument("--since", type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument("--until", type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument(
        "--fresh", action="store_true", help="begin anew, even after an unfinished run"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show the plan, ask nothing"
    )
    return parser.parse_args(arguments)


def _start_logging() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(known, Redaction) for known in handler.filters):
            handler.addFilter(Redaction())


def _write(folder: Path, is_sample: bool, options: argparse.Namespace) -> int:
    """Do what writes to the archive; the number of libraries that failed, at most 1."""
    if options.command == REBUILD:
        kept = opened_archive(folder, None)
        log.info("rebuilt %d runs of %s", rebuild(kept), folder)
        return 0
    archive = opened_archive(folder, is_sample)
    if is_sample:
        log.info(SAMPLE_NOTE)
        _collect_sample(archive)
        return 0
    failed = 0
    for name, settings in _chosen(options).items():
        try:
            _collect_library(archive, name, settings, options)
        except CollectorError as error:
            # One library that fails does not keep the others from being collected.
            log.error("collect: %s", error)
            failed = 1
    return failed


def _chosen(options: argparse.Namespace) -> dict[str, LibrarySettings]:
    """The settings of the libraries asked for, between the dates asked for."""
    kinds = {name: library.settings for name, library in LIBRARIES.items()}
    configured = read_settings(options.config, kinds)
    if options.command:
        if options.command not in configured:
            raise SettingsError(f"{options.config}: has no table [{options.command}]")
        configured = {options.command: configured[options.command]}
    if not configured:
        raise SettingsError(f"{options.config}: names no library, for example [meta]")
    return {
        name: between(settings, options.since, options.until, bool(options.command))
        for name, settings in configured.items()
    }


def _verify(folder: Path) -> None:
    facts = verify(folder)
    if not facts["runs"]:
        raise SettingsError(f"{folder}: holds no runs; nothing was verified")
    told = ", ".join(f"{number} {name}" for name, number in facts.items())
    log.info("%s: unbroken: %s", folder, told)


def _collect_library(
    archive: Archive, name: str, settings: LibrarySettings, options: argparse.Namespace
) -> None:
    library, now = LIBRARIES[name], datetime.now(UTC)
    session = _session(
        library,
        credentials=library.api.credentials(settings) if library.api else None,
        requests_per_minute=settings.requests_per_minute,
    )
    queries = library.queries(settings, getattr(settings, "until", None) or now.date())
    run = started_run(archive, name, queries, now, options.fresh)
    try:
        collect(archive, run, library, session, settings)
    finally:
        _report(run)


def _session(library: Library, **more: Any) -> Session:
    """A connection to a library, or for the files of one that has no API."""
    return Session(
        library.name,
        library.api.find_problem if library.api else lambda _: None,
        library.api.rest_seconds if library.api else lambda _: 0.0,
        **more,
    )


def _collect_sample(archive: Archive) -> None:
    for collection in sample_archive.collections():
        name, time = collection.library.name, collection.folder.name
        if (run := _sample_run(archive, collection)) is None:
            log.info("sample of %s %s: collected before, nothing to do", name, time)
            continue
        session = _session(collection.library, **sample_archive.connection(collection))
        collect(archive, run, collection.library, session, collection.settings)
        _report(run)


def _sample_run(archive: Archive, collection: sample_archive.Collection) -> Run | None:
    """The run that brings in one collection; None if it was brought in whole."""
    name = collection.library.name
    kept = saved_run(archive.folder / "raw" / name / collection.folder.name)
    if kept is not None:
        return None if kept.status == "complete" else kept
    queries = collection.library.queries(collection.settings, collection.time.date())
    return started_run(archive, name, queries, collection.time, is_fresh=True)


def _report(run: Run) -> None:
    counts = dict(run.counts)
    unknown = counts.pop("unknown_fields", {})
    first = ("fetched", "new", "changed", "unchanged", "vanished", "skipped")
    told = {name: counts.pop(name, 0) for name in first} | {
        "unknown fields": len(unknown)
    }
    facts = ", ".join(f"{name} {number}" for name, number in {**told, **counts}.items())
    log.info("%s run %s %s: %s", run.library, run.run_id, run.status, facts)
    if unknown:
        log.warning("%s: fields nobody reads yet: %s", run.library, unknown)
    if run.missing:
        log.warning("%s: missing: %s", run.library, run.missing)


def _told_without_secrets(
    kind: type[BaseException], error: BaseException, _: object
) -> None:
    """Say an unforeseen error without its trace, which may quote a secret."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "?"
    told = text_without_secrets(f"{kind.__name__} in {where}: {error}")
    sys.stderr.write(f"collect: a fault of adwatch, please report it: {told}\n")


if __name__ == "__main__":
    sys.excepthook = _told_without_secrets
    sys.exit(main())
