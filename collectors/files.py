"""Files that are either whole or not there, and one writer per archive."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collectors.errors import CollectorError

log = logging.getLogger(__name__)

DRAFT = ".draft"


@contextmanager
def replaced_whole(path: Path) -> Iterator[Path]:
    """A draft path beside `path`, moved over it when the block ends without error.

    After a power cut `path` holds the old bytes or the new ones, never a mixture.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + DRAFT)
    try:
        yield draft
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader never sees a part of it."""
    with replaced_whole(path) as draft:
        draft.write_bytes(content)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def sole_writer(archive: Path) -> Iterator[None]:
    """Hold the archive for one run; the system lets go of it if the run dies.

    Raises:
        CollectorError: another run holds it; the message gives its process id.
    """
    archive.mkdir(parents=True, exist_ok=True)
    with (archive / ".lock").open("a+") as lock:
        lock.seek(0)
        holder = lock.read().strip()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CollectorError(
                f"{archive}: another run is writing here (process "
                f"{holder or 'unknown'}); wait for it or stop it"
            ) from None
        if holder:
            log.info("%s: process %s died here; going on from there", archive, holder)
        lock.seek(0)
        lock.truncate()
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
        # An empty lock says that the last run ended by itself.
        lock.truncate(0)
