"""The Parquet rows of a run, made from its landed pages and nothing else.

Every record is accounted for: fetched = parsed + skipped + detailed. A skipped one
stands in `quarantine/<library>/<run_id>.jsonl` with its page, its place and the
reason; a detailed one was read from the page with its details instead.
"""

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

from collectors.datasets import DatasetWriter
from collectors.errors import (
    ArchiveDamaged,
    FileRefused,
    SourceChanged,
    UnreadableRecord,
)
from collectors.files import replaced_whole
from collectors.landing import RESTORE, LandedPage, landed_pages
from collectors.plan import Query
from collectors.protocol import Library, RawRecord
from collectors.reading import MissingField

log = logging.getLogger(__name__)

# So many skipped records are named in the log; all of them are in quarantine.
NAMED_IN_LOG = 20


@dataclass
class RunRows:
    """What became of the records of one run."""

    counts: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    # Places where a required field was missing, or a file broke off.
    missing_field: str | None = None
    broken_file: str | None = None


def quarantine_path(archive: Path, library: str, run_id: str) -> Path:
    """The file that holds a run's skipped records."""
    return archive / "quarantine" / library / f"{run_id}.jsonl"


def write_rows(
    archive: Path,
    run_folder: Path,
    library: Library,
    queries: dict[str, Query],
    is_invented: bool,
) -> RunRows:
    """Write a run's Parquet files and quarantine anew from its landed pages.

    Raises:
        ArchiveDamaged: a landed page is not what its manifest says.
    """
    run_id = run_folder.name
    path = quarantine_path(archive, library.name, run_id)
    with (
        DatasetWriter(archive, library.name, run_id) as writer,
        replaced_whole(path) as draft,
        draft.open("wb") as quarantine,
    ):
        reader = _Reader(library, queries, writer, quarantine, run_id, is_invented)
        reader.read(list(landed_pages(run_folder)))
    if path.stat().st_size == 0:
        path.unlink()
    reader.result.counts["written"] = writer.counts["ads"]
    reader.result.counts["spend_rows"] = writer.counts["spend"]
    return reader.result


class _Reader:
    """Reads pages into a writer, and what it cannot read into quarantine."""

    def __init__(
        self,
        library: Library,
        queries: dict[str, Query],
        writer: DatasetWriter,
        quarantine: IO[bytes],
        run_id: str,
        is_invented: bool,
    ) -> None:
        self.result = RunRows()
        self._library = library
        self._queries = queries
        self._writer = writer
        self._quarantine = quarantine
        self._run_id = run_id
        self._is_invented = is_invented
        # Digests, not texts: a million ads must fit in memory.
        self._seen: set[bytes] = set()
        self._detailed: set[tuple[str, str]] = set()

    def read(self, pages: list[LandedPage]) -> None:
        self._detailed = {
            (page.query_id, str(page.line["detail_of"]))
            for page in pages
            if page.line.get("detail_of") and not page.line.get("is_absence")
        }
        for page in pages:
            self.result.counts["pages"] += 1
            if page.line.get("is_absence"):
                self.result.counts["absent_details"] += 1
                continue
            if (query := self._queries.get(page.query_id)) is None:
                raise ArchiveDamaged(
                    f"{page.name}: run.json has no query {page.query_id!r}; {RESTORE}"
                )
            try:
                for record in self._library.records(page, query):
                    self._read_record(page, query, record)
            except FileRefused as error:
                refused = RawRecord(page.file_name, {}, str(error), is_truncation=True)
                self._read_record(page, query, refused)

    def _read_record(self, page: LandedPage, query: Query, record: RawRecord) -> None:
        counts = self.result.counts
        counts["fetched"] += 1
        if record.problem is not None:
            if record.is_truncation:
                counts["fetched"] -= 1
                self.result.broken_file = f"{page.name}: {record.place}"
            self._skip(page, record, record.problem)
            return
        raw_id = self._library.raw_id(record.raw)
        is_list = "detail_of" not in page.line
        if is_list and (page.query_id, raw_id) in self._detailed:
            counts["detailed"] += 1
            return
        try:
            rows = list(self._library.rows(record, query))
        except UnreadableRecord as error:
            if isinstance(error, MissingField):
                self.result.missing_field = f"{page.name}: {record.place}: {error}"
            self._skip(page, record, str(error), raw_id)
            return
        counts["parsed"] += 1
        self.result.unknown.update(record.raw.keys() - self._library.ignored)
        for dataset, row in rows:
            self._write(page, query, record, dataset, row)

    def _write(
        self,
        page: LandedPage,
        query: Query,
        record: RawRecord,
        dataset: str,
        row: dict[str, Any],
    ) -> None:
        if dataset == "ads":
            key = f"{query.query_id} {row['version_hash']}".encode()
            digest = blake2b(key, digest_size=16).digest()
            if digest in self._seen:
                self.result.counts["repeated"] += 1
                return
            self._seen.add(digest)
            row["requested_country_codes"] = query.country_codes
            row["query_text"] = query.reason
        row["query_id"] = query.query_id
        row["run_id"] = self._run_id
        row["page_sha256"] = page.sha256
        row["page_place"] = record.place
        row["is_invented"] = self._is_invented
        if self._is_invented and "library_url" in row:
            # An invented id may be a real ad's: an invented ad has no public page.
            row["library_url"] = None
        row["collected_at"] = page.collected_at
        self._writer.write(dataset, row)

    def _skip(
        self,
        page: LandedPage,
        record: RawRecord,
        reason: str,
        raw_id: str | None = None,
    ) -> None:
        counts = self.result.counts
        counts["broken_files" if record.is_truncation else "skipped"] += 1
        if counts["skipped"] <= NAMED_IN_LOG:
            log.warning("%s: %s skipped: %s", page.name, record.place, reason)
        line = {
            "page": page.line["page"],
            "page_sha256": page.sha256,
            "query_id": page.query_id,
            "place": record.place,
            "raw_id": raw_id,
            "reason": reason,
        }
        # Escaped, so that even a lone surrogate can be written.
        self._quarantine.write(json.dumps(line).encode() + b"\n")


def check_page(library: Library, page: LandedPage, query: Query) -> None:
    """Stop where a record of an answer lacks a required field.

    Only the id is required of an answer's records, so those that have one need not be
    read here; whatever else may be missing shows when the rows are written.

    Raises:
        SourceChanged: naming page, record and field.
    """
    for record in library.records(page, query):
        if record.problem is not None or library.raw_id(record.raw):
            continue
        try:
            for _ in library.rows(record, query):
                pass
        except MissingField as error:
            raise SourceChanged(
                f"{library.name}: page {page.line['page']}: {record.place}: {error}; "
                "the library changed, see collectors/README.md"
            ) from error
        except UnreadableRecord:
            continue
