"""One writer at a time: a folder that is held until its writer is done."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import AnalysisError


@contextmanager
def alone_in(folder: Path, waits: bool = False) -> Iterator[None]:
    """Hold `folder`, which must exist; the system lets go of it if the holder dies.

    Raises:
        AnalysisError: another process holds it, and nobody asked to wait.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise AnalysisError(
                f"{folder}: another process is writing here; run again when it is done"
            ) from error
        yield
    finally:
        os.close(handle)
