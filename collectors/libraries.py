"""The index of libraries: one line each."""

from collectors import (
    google,
    linkedin,
    meta,
    meta_report,
    microsoft,
    snap,
    table,
    tiktok,
)
from collectors.protocol import Library

LIBRARIES: dict[str, Library] = {
    library.name: library
    for library in (
        meta.LIBRARY,
        meta_report.LIBRARY,
        google.LIBRARY,
        snap.LIBRARY,
        tiktok.LIBRARY,
        microsoft.LIBRARY,
        linkedin.LIBRARY,
        table.LIBRARY,
    )
}
