"""Waits and progress as a person sees them: a bar on a terminal, lines elsewhere."""

import logging
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

log = logging.getLogger(__name__)

# How often a wait is told again where there is no terminal.
TELL_SECONDS = 30.0


def wait(seconds: float, why: str) -> None:
    """Sleep, and show why and how long it still takes."""
    end = datetime.now(UTC) + timedelta(seconds=seconds)
    log.warning("%s; waiting %.0f s, until %s UTC", why, seconds, f"{end:%H:%M:%S}")
    left = seconds
    slice_seconds = 1.0 if sys.stderr.isatty() else TELL_SECONDS
    while left > 0:
        part = min(left, slice_seconds)
        time.sleep(part)
        left -= part
        if left > 0:
            _tell(left)


def _tell(left: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{left:6.0f} s left ")
        sys.stderr.flush()
    else:
        log.info("still waiting, %.0f s left", left)


class Progress:
    """Pages landed so far: a bar on a terminal, now and then a line elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._pages = self._bytes = 0
        self._told_at = time.monotonic()
        self._bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(desc=what, unit="page")

    def landed(self, query_id: str, size: int) -> None:
        """One page or file more."""
        self._pages += 1
        self._bytes += size
        if self._bar is not None:
            self._bar.set_postfix_str(f"{query_id}, {self._bytes / 1e6:.1f} MB")
            self._bar.update()
        elif self._pages == 1 or time.monotonic() - self._told_at > TELL_SECONDS:
            self._told_at = time.monotonic()
            log.info(
                "%s: query %s: page %d of this session, %d bytes in all",
                self._what,
                query_id,
                self._pages,
                self._bytes,
            )

    def close(self) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()
