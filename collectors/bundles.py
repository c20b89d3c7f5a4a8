"""Land the files of libraries that are published as files."""

import logging
from collections.abc import Iterator
from pathlib import Path

from collectors.errors import SettingsError
from collectors.http import Session
from collectors.landing import BLOCK, RunLanding
from collectors.plan import Query
from collectors.tables import tables
from collectors.waiting import Progress

log = logging.getLogger(__name__)


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.startswith(("https://", "http://"))


def land_files(
    landing: RunLanding, queries: list[Query], session: Session, progress: Progress
) -> None:
    """Land every file of the plan that is not landed yet.

    Raises:
        CollectorError: a file is not there, cannot be had, or must not be opened.
    """
    landed = {page.query_id for page in landing.pages}
    for query in queries:
        if query.query_id in landed:
            continue
        source = str(query.source)
        if is_address(source):
            blocks = session.stream(source)
        else:
            # A bomb is refused before it is landed.
            tables(_existing(Path(source)), source)
            blocks = _blocks(Path(source))
        page = landing.land_file(query.query_id, source, blocks, session.clock())
        progress.landed(query.query_id, int(page.line["bytes"]))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise SettingsError(f"{path}: no such file; see `files` in adwatch.toml")
    return path


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
