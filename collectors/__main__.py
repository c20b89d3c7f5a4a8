"""Command line: python -m collectors [LIBRARY] --archive data/live."""

import argparse
import json
import logging
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from collectors import sample_archive
from collectors.errors import CollectorError, SettingsError
from collectors.files import sole_writer, write_whole
from collectors.http import Session
from collectors.libraries import LIBRARIES
from collectors.runs import Archive, Run, collect, saved_run, started_run
from collectors.secrets import secret
from collectors.settings import Settings, read_settings

log = logging.getLogger("collectors")

SAMPLE_NOTE = (
    "Collecting the bundled SAMPLE ARCHIVE: every ad in it is invented. "
    "To go live, copy adwatch.example.toml to adwatch.toml and set META_ACCESS_TOKEN."
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when everything asked for was collected."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    is_sample = options.sample or not options.config.exists()
    folder = options.archive or Path("data") / ("sample" if is_sample else "live")
    try:
        with sole_writer(folder):
            archive = _archive(folder, is_invented=is_sample)
            if is_sample:
                log.info(SAMPLE_NOTE)
                _collect_sample(archive)
            else:
                _collect_live(archive, options)
    except CollectorError as error:
        log.error("collect: %s", error)
        return 1
    except OSError as error:
        log.error("collect: %s; what was landed before is kept", error)
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m collectors")
    parser.add_argument("library", nargs="?", choices=sorted(LIBRARIES))
    parser.add_argument("--archive", type=Path, help="data folder, e.g. data/live")
    parser.add_argument("--config", type=Path, default=Path("adwatch.toml"))
    parser.add_argument("--sample", action="store_true", help="the invented sample")
    parser.add_argument("--since", type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument("--until", type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument(
        "--fresh", action="store_true", help="begin anew, even after an unfinished run"
    )
    return parser.parse_args(arguments)


def _archive(folder: Path, is_invented: bool) -> Archive:
    """The archive in `folder`, made if new; refuses to mix invented and collected."""
    path = folder / "archive.json"
    if not path.exists():
        content = {"archive": folder.name, "is_invented": is_invented}
        write_whole(path, json.dumps(content).encode() + b"\n")
    try:
        kept = json.loads(path.read_bytes())["is_invented"]
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: unreadable; restore it from a backup") from error
    if kept is not is_invented:
        holds, brings = ("invented", "collected") if kept else ("collected", "invented")
        raise SettingsError(
            f"{folder} holds {holds} records; {brings} ones need a folder of their own"
        )
    return Archive(folder, is_invented)


def _collect_live(archive: Archive, options: argparse.Namespace) -> None:
    configured = read_settings(options.config)
    names = [options.library] if options.library else list(configured)
    if not names:
        raise SettingsError(f"{options.config}: names no library, for example [meta]")
    for name in names:
        if name not in LIBRARIES:
            raise SettingsError(f"{options.config}: unknown library [{name}]")
        if name not in configured:
            raise SettingsError(f"{options.config}: has no table [{name}]")
        _collect_library(archive, name, configured[name], options)


def _collect_library(
    archive: Archive, name: str, settings: Settings, options: argparse.Namespace
) -> None:
    module = LIBRARIES[name]
    now = datetime.now(UTC)
    settings = settings.between(options.since, options.until)
    session = Session(
        name,
        module.find_problem,
        module.rest_seconds,
        token=secret(module.TOKEN_VARIABLE),
    )
    queries = module.queries(settings, settings.until or now.date())
    run = started_run(archive, name, queries, now, options.fresh)
    try:
        collect(archive, run, module, session, settings)
    finally:
        _report(run)


def _collect_sample(archive: Archive) -> None:
    module = LIBRARIES[sample_archive.LIBRARY]
    for folder in sample_archive.collections():
        if (run := _sample_run(archive, folder)) is None:
            log.info("sample of %s: collected before, nothing to do", folder.name)
            continue
        session = Session(
            sample_archive.LIBRARY,
            module.find_problem,
            module.rest_seconds,
            adapters={sample_archive.ADDRESS: sample_archive.RecordedAnswers(folder)},
        )
        collect(archive, run, module, session, sample_archive.settings(folder))
        _report(run)


def _sample_run(archive: Archive, folder: Path) -> Run | None:
    """The run that brings in one collection date; None if it was brought in whole."""
    library = sample_archive.LIBRARY
    kept = saved_run(archive.folder / "raw" / library / folder.name)
    if kept is not None:
        return None if kept.status == "complete" else kept
    module, settings = LIBRARIES[library], sample_archive.settings(folder)
    time = sample_archive.collection_time(folder)
    queries = module.queries(settings, time.date())
    return started_run(archive, library, queries, time, is_fresh=True)


def _report(run: Run) -> None:
    counts = dict(run.counts)
    unknown = counts.pop("unknown_fields", {})
    facts = ", ".join(f"{name} {number}" for name, number in counts.items())
    log.info("%s run %s %s: %s", run.library, run.run_id, run.status, facts)
    if unknown:
        log.warning("%s: fields nobody reads yet: %s", run.library, unknown)
    if run.missing:
        log.warning("%s: incomplete: %s", run.library, run.missing)


if __name__ == "__main__":
    sys.exit(main())
