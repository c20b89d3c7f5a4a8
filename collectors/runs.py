"""One collection run of one library: ask, land, and write the Parquet of its pages."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from collectors.ads import Ad, write_ads
from collectors.errors import (
    ArchiveDamaged,
    CollectorError,
    SourceChanged,
    UnreadableRecord,
)
from collectors.files import write_whole
from collectors.http import Request, Session, TooMuchData
from collectors.landing import LandedPage, RunLanding, landed_pages
from collectors.plan import Query

log = logging.getLogger(__name__)

# More pages than any library has for one query: a list that does not end is a fault.
PAGE_CAP = 100_000
RUN_ID_FORMAT = "%Y%m%dT%H%M%SZ"
COMPLETE, INCOMPLETE = "complete", "incomplete"


@dataclass(frozen=True)
class Archive:
    """An archive folder, and whether its records are invented."""

    folder: Path
    is_invented: bool

    def run_folders(self, library: str) -> list[Path]:
        """The folders of all runs of a library, oldest first."""
        return sorted((self.folder / "raw" / library).glob("*Z"))


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

    def save(self) -> None:
        """Write run.json."""
        content = {
            "library": self.library,
            "run_id": self.run_id,
            "status": self.status,
            "missing": self.missing,
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

    With `is_fresh` always a new one; an unfinished run then stays as it is.
    """
    folders = archive.run_folders(library)
    last = saved_run(folders[-1]) if folders and not is_fresh else None
    if last and last.status == INCOMPLETE:
        log.info("%s: going on with the unfinished run %s", library, last.run_id)
        return last
    run_id = now.astimezone(UTC).strftime(RUN_ID_FORMAT)
    folder = archive.folder / "raw" / library / run_id
    if folder in folders:
        raise CollectorError(f"{folder}: a run of this second exists; run again")
    run = Run(library, run_id, folder, queries)
    run.save()
    return run


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
        queries = [Query(**query) for query in kept["queries"]]
        return Run(
            kept["library"],
            kept["run_id"],
            folder,
            queries,
            kept["status"],
            kept["missing"],
            kept["counts"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(
            f"{path}: {error}; restore the file from a backup"
        ) from error


def collect(
    archive: Archive, run: Run, module: ModuleType, session: Session, settings: Any
) -> None:
    """Page through the run's queries, land every page, then write the Parquet.

    What was landed before a failure is written too; `run.missing` says what is not
    there, and the next call goes on at the page after the last landed one.

    Raises:
        CollectorError: the run could not be finished.
    """
    landing = RunLanding(run.folder)
    try:
        for query in run.queries:
            _collect_query(landing, query, module, session, settings)
    except CollectorError as error:
        run.missing = str(error)
        raise
    else:
        run.status, run.missing = COMPLETE, None
    finally:
        write_run(archive, run, module)


def write_run(archive: Archive, run: Run, module: ModuleType) -> None:
    """Write a run's Parquet from its landed pages, and its counts to run.json."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    ads = run_ads(archive, run, module, counts, unknown)
    path = archive.folder / "ads" / run.library / f"{run.run_id}.parquet"
    counts["written"] = write_ads(ads, path)
    run.counts = {**counts, "unknown_fields": dict(sorted(unknown.items()))}
    run.save()


def run_ads(
    archive: Archive,
    run: Run,
    module: ModuleType,
    counts: Counter[str],
    unknown: Counter[str],
) -> Iterator[Ad]:
    """The run's ads in the order received, each version once per query."""
    queries = {query.query_id: query for query in run.queries}
    seen: set[tuple[str, str]] = set()
    for page in landed_pages(run.folder):
        counts["pages"] += 1
        for ad in page_ads(page, module, counts, unknown):
            key = (page.query_id, ad["version_hash"])
            if key in seen:
                counts["repeated"] += 1
                continue
            seen.add(key)
            yield {
                **ad,
                # An invented id may be a real ad's: an invented ad has no public page.
                "library_url": None if archive.is_invented else ad["library_url"],
                "requested_country_codes": queries[page.query_id].country_codes,
                "query_id": page.query_id,
                "run_id": run.run_id,
                "page_sha256": page.sha256,
                "is_invented": archive.is_invented,
                "collected_at": page.collected_at,
            }


def page_ads(
    page: LandedPage, module: ModuleType, counts: Counter[str], unknown: Counter[str]
) -> Iterator[Ad]:
    """The readable ads of one page; the others are counted and named in the log."""
    for number, raw in enumerate(module.records(page.body()), 1):
        counts["fetched"] += 1
        try:
            yield module.ad(raw)
        except UnreadableRecord as error:
            counts["skipped"] += 1
            log.warning("%s: record %d skipped: %s", page.name, number, error)
            continue
        unknown.update(raw.keys() - module.IGNORED)


def _collect_query(
    landing: RunLanding,
    query: Query,
    module: ModuleType,
    session: Session,
    settings: Any,
) -> None:
    """Land the pages of one query from the first that is not landed yet."""
    pages = [page for page in landing.pages if page.query_id == query.query_id]
    asked = {page.line["params"].get("after") for page in pages}
    request: Request | None = module.first_request(settings, query)
    if pages:
        last = pages[-1]
        landed = Request(last.line["url"], last.line["params"])
        request = module.next_request(landed, last.body())
    while request is not None:
        cursor = request.params.get("after")
        if cursor in asked or len(asked) >= PAGE_CAP:
            raise SourceChanged(
                f"{session.library}: query {query.query_id}: page {len(asked) + 1} "
                f"asks for cursor {cursor!r:.60} again or passes {PAGE_CAP} pages"
            )
        asked.add(cursor)
        request, body = _land_next(landing, query, module, session, request)
        request = module.next_request(request, body)


def _land_next(
    landing: RunLanding,
    query: Query,
    module: ModuleType,
    session: Session,
    request: Request,
) -> tuple[Request, bytes]:
    """Fetch and land one page, smaller if the library says so."""
    while True:
        try:
            answer = session.fetch(request)
        except TooMuchData as error:
            less = module.smaller(request)
            if less is None:
                raise SourceChanged(
                    f"{session.library}: refuses even one record: {error}"
                ) from error
            request = less
            continue
        landing.land(query.query_id, request, answer)
        log.info(
            "%s: query %s: page %d, %d bytes",
            session.library,
            query.query_id,
            len(landing.pages),
            len(answer.body),
        )
        return request, answer.body
