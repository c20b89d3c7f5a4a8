"""One collection run of one library: ask, land, and write the Parquet of its pages."""

import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from collectors.bundles import land_files
from collectors.comparison import compare, write_vanished
from collectors.errors import ArchiveDamaged, CollectorError, SourceChanged
from collectors.files import write_whole
from collectors.http import Session
from collectors.landing import RESTORE, RunLanding, landed_pages
from collectors.paging import QueryWalk
from collectors.plan import Query
from collectors.protocol import Library
from collectors.rows import write_rows
from collectors.waiting import Progress

log = logging.getLogger(__name__)

RUN_ID_FORMAT = "%Y%m%dT%H%M%SZ"
COMPLETE, INCOMPLETE = "complete", "incomplete"


@dataclass(frozen=True)
class Archive:
    """An archive folder, and whether its records are invented."""

    folder: Path
    is_invented: bool

    def run_folders(self, library: str = "*") -> list[Path]:
        """The folders of all runs of a library or of every one, oldest first."""
        return sorted(self.folder.glob(f"raw/{library}/*Z"), key=lambda path: path.name)


@dataclass
class Run:
    """A run's identity and plan, as `run.json` keeps them."""

    library: str
    run_id: str
    folder: Path
    queries: list[Query]
    status: str = INCOMPLETE
    missing: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    # Queries whose lists the library did not show to the end, and why.
    cut_short: dict[str, str] = field(default_factory=dict)
    # SHA-256 of the manifest's last line, so that a shortened manifest shows.
    manifest_end_sha256: str | None = None

    def save(self) -> None:
        """Write run.json."""
        content = {
            "library": self.library,
            "run_id": self.run_id,
            "status": self.status,
            "missing": self.missing,
            "cut_short": self.cut_short,
            "manifest_end_sha256": self.manifest_end_sha256,
            "queries": [query.as_json() for query in self.queries],
            "counts": self.counts,
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        write_whole(self.folder / "run.json", text.encode())


def started_run(
    archive: Archive,
    library: str,
    queries: list[Query],
    now: datetime,
    is_fresh: bool = False,
) -> Run:
    """The unfinished newest run of `library`, or a new one with `queries`.

    With `is_fresh` always a new one; an unfinished run then stays as it is. A new run
    sorts after all runs before it, even where the clock was set back; a run's id is
    no other library's, for pages and ads name their run by it alone.
    """
    folders = archive.run_folders(library)
    last = saved_run(folders[-1]) if folders and not is_fresh else None
    if last and last.status == INCOMPLETE:
        log.info("%s: going on with the unfinished run %s", library, last.run_id)
        return last
    run_id = _next_run_id(library, now, archive.run_folders())
    folder = archive.folder / "raw" / library / run_id
    run = Run(library, run_id, folder, queries)
    run.save()
    return run


def _next_run_id(library: str, now: datetime, folders: list[Path]) -> str:
    """The second `now`, or the one after the newest run's where the clock is behind.

    A run that died before it kept anything leaves its second free.
    """
    run_id = now.astimezone(UTC).strftime(RUN_ID_FORMAT)
    if not folders or run_id > folders[-1].name:
        return run_id
    newest = folders[-1]
    if newest.parent.name == library and not any(
        (newest / name).exists() for name in ("run.json", "manifest.jsonl")
    ):
        return newest.name
    try:
        following = datetime.strptime(newest.name, RUN_ID_FORMAT) + timedelta(seconds=1)
    except ValueError as error:
        raise ArchiveDamaged(f"{newest}: no run is named so; move it away") from error
    if run_id < newest.name:
        log.warning(
            "the clock says %s, before the newest run %s; set it right", run_id, newest
        )
    return following.strftime(RUN_ID_FORMAT)


def saved_run(folder: Path) -> Run | None:
    """The run that `folder` holds; None if it died before its plan was kept.

    Raises:
        ArchiveDamaged: run.json is there but cannot be read.
    """
    path = folder / "run.json"
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_bytes())
        run = Run(
            kept["library"],
            kept["run_id"],
            folder,
            [Query(**query) for query in kept["queries"]],
            kept["status"],
            kept["missing"],
            kept["counts"],
            kept.get("cut_short", {}),
            kept.get("manifest_end_sha256"),
        )
        if (run.library, run.run_id) != (folder.parent.name, folder.name):
            raise ValueError(f"is of the run {run.library}/{run.run_id}")
        if run.status not in (COMPLETE, INCOMPLETE):
            raise ValueError(f"unknown status {run.status!r}")
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(f"{path}: {error}; {RESTORE}") from error
    return run


def collect(
    archive: Archive, run: Run, library: Library, session: Session, settings: Any
) -> None:
    """Land all that the run's queries ask for, then write the Parquet.

    What was landed before a failure is written too; `run.missing` says what is not
    there, and the next call goes on after the last landed page.

    Raises:
        CollectorError: the run could not be finished.
    """
    landing = RunLanding(run.folder)
    progress = Progress(library.name)
    try:
        if library.api is None:
            land_files(landing, run.queries, session, progress)
        else:
            for query in run.queries:
                walk = QueryWalk(library, query, settings, landing)
                walk.run(session, progress)
                if walk.cut_short:
                    run.cut_short[query.query_id] = walk.cut_short
    except CollectorError as error:
        run.missing = str(error)
        write_run(archive, run, library)
        raise
    except OSError as error:
        run.missing = str(error)
        raise
    finally:
        progress.close()
    told = [f"query {query_id}: {why}" for query_id, why in run.cut_short.items()]
    run.status, run.missing = COMPLETE, "; ".join(told) or None
    write_run(archive, run, library)


def write_run(archive: Archive, run: Run, library: Library) -> None:
    """Write a run's Parquet from its landed pages, and its counts to run.json.

    Raises:
        SourceChanged: a record lacks a required field, or a file breaks off; the
            rest is written, and the run is not complete.
    """
    queries = {query.query_id: query for query in run.queries}
    result = write_rows(
        archive.folder, run.folder, library, queries, archive.is_invented
    )
    trouble = result.missing_field or result.broken_file
    trouble = trouble if run.status == COMPLETE else None
    if trouble:
        run.status, run.missing = INCOMPLETE, trouble
    counts: dict[str, Any] = dict(result.counts)
    counts |= compare(archive.folder, run.library, run.run_id)
    pages = list(landed_pages(run.folder))
    counts["vanished"] = 0
    if run.status == COMPLETE and pages:
        counts["vanished"] = write_vanished(
            archive.folder,
            run.library,
            run.run_id,
            [query for query in run.queries if query.query_id not in run.cut_short],
            pages[0].collected_at.isoformat(),
        )
    run.counts = {**counts, "unknown_fields": dict(sorted(result.unknown.items()))}
    run.manifest_end_sha256 = RunLanding(run.folder).end_sha256 if pages else None
    run.save()
    if trouble:
        raise SourceChanged(
            f"{run.library}: {trouble}; the rest is written; see collectors/README.md, "
            "then run with --fresh"
        )
