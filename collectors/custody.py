"""Prove an archive: every hash, every chain, and every row back to a landed page."""

import hashlib
import json
import logging
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from collectors.errors import ArchiveDamaged
from collectors.landing import (
    FIRST_LINE_FOLLOWS,
    RESTORE,
    LandedPage,
    landed_pages,
    manifest_lines,
)
from collectors.libraries import LIBRARIES
from collectors.runs import COMPLETE, Archive, saved_run, write_run

log = logging.getLogger(__name__)

DATASETS = ("ads", "spend", "vanished")


def verify(archive: Path) -> dict[str, int]:
    """How many runs, pages, bytes and rows an archive holds, all of them proven.

    Raises:
        ArchiveDamaged: naming the first break and where it is.
    """
    facts = dict.fromkeys(("runs", "pages", "bytes", "rows"), 0)
    pages_of: dict[tuple[str, str], set[str]] = {}
    for folder in sorted(archive.glob("raw/*/*Z")):
        pages = _proven_pages(folder)
        pages_of[folder.parent.name, folder.name] = {page.sha256 for page in pages}
        facts["runs"] += 1
        facts["pages"] += len(pages)
        facts["bytes"] += sum(int(page.line["bytes"]) for page in pages)
    for dataset in DATASETS:
        for path in sorted((archive / dataset).glob("*/*.parquet")):
            try:
                facts["rows"] += _proven_rows(path, dataset, pages_of)
            except (pa.ArrowException, OSError, UnicodeDecodeError, KeyError) as error:
                raise ArchiveDamaged(
                    f"{path}: cannot be read ({str(error).splitlines()[0]}); "
                    "run `make rebuild`"
                ) from error
    return facts


def _proven_pages(folder: Path) -> list[LandedPage]:
    """The pages of a run, after its chain and all its hashes were recomputed."""
    pages = _chained_pages(folder)
    for page in pages:
        if page.is_file:
            page.checked_path()
        elif len(page.body()) != page.line["bytes"]:
            raise ArchiveDamaged(f"{page.name}: is not as long as its manifest says")
    return pages


def _chained_pages(folder: Path) -> list[LandedPage]:
    """The pages of a run, after the chain of its manifest was proven to its end."""
    lines, previous = manifest_lines(folder), FIRST_LINE_FOLLOWS
    pages = list(landed_pages(folder))
    ends = {previous}
    for number, line in enumerate(lines, 1):
        if json.loads(line).get("previous_line_sha256") != previous:
            raise ArchiveDamaged(
                f"{folder}/manifest.jsonl line {number}: does not follow from the line "
                f"before; {RESTORE}"
            )
        previous = hashlib.sha256(line).hexdigest()
        ends.add(previous)
    _prove_end(folder, previous, ends)
    return pages


def _prove_end(folder: Path, last: str, ends: set[str]) -> None:
    """A chain cannot tell that its end was cut off; run.json can."""
    run = saved_run(folder)
    if run is None or run.manifest_end_sha256 is None:
        return
    is_whole = run.manifest_end_sha256 in ({last} if run.status == COMPLETE else ends)
    if not is_whole:
        raise ArchiveDamaged(
            f"{folder}/manifest.jsonl: lines at its end are gone or new since the run "
            f"ended; {RESTORE}"
        )


def _proven_rows(
    path: Path, dataset: str, pages_of: dict[tuple[str, str], set[str]]
) -> int:
    """The rows of a Parquet file, all of which lead to landed pages."""
    library = path.parent.name
    run_id = path.stem
    if (library, run_id) not in pages_of:
        raise ArchiveDamaged(f"{path}: there is no run raw/{library}/{run_id}")
    if dataset == "vanished":
        return int(pq.ParquetFile(path).metadata.num_rows)
    number = 0
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches():
            for row in batch.select(["run_id", "page_sha256"]).to_pylist():
                number += 1
                if (
                    row["run_id"] != run_id
                    or row["page_sha256"] not in pages_of[library, run_id]
                ):
                    raise ArchiveDamaged(
                        f"{path}: row {number} leads to no landed page of its run; "
                        "run `make rebuild`"
                    )
    return number


def rebuild(archive: Archive) -> int:
    """Make all Parquet again from the landed pages; how many runs were done.

    Raises:
        CollectorError: a landed page is damaged or of an unknown library.
    """
    done = 0
    for folder in sorted(archive.folder.glob("raw/*/*Z")):
        run = saved_run(folder)
        if run is None:
            log.warning("%s: died before its plan was kept; nothing to do", folder)
            continue
        # A shortened manifest must not become the new truth.
        _chained_pages(folder)
        write_run(archive, run, LIBRARIES[run.library])
        done += 1
        log.info("%s: rebuilt %s", folder, run.counts)
    return done
