"""Raw pages as received, and the manifest that proves them.

A run is a folder `raw/<library>/<run_id>/` with `run.json`, `manifest.jsonl` and
`pages/`. A page file is made whole first; only then does its manifest line follow.
A page is landed when its line is there, so a run that died goes on after the last
whole line, and a page file without a line is overwritten.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collectors.errors import ArchiveDamaged
from collectors.files import sync_folder, write_whole
from collectors.http import Answer, Request

FIRST_LINE_FOLLOWS = "0" * 64


@dataclass(frozen=True)
class LandedPage:
    """One page in the raw landing: its manifest line, and its body on demand."""

    folder: Path
    line: dict[str, Any]

    @property
    def query_id(self) -> str:
        """The query of the plan that the page answers."""
        return str(self.line["query_id"])

    @property
    def sha256(self) -> str:
        """SHA-256 of the body as kept, that is without secrets."""
        return str(self.line["sha256"])

    @property
    def collected_at(self) -> datetime:
        """When the library answered, in UTC."""
        return datetime.fromisoformat(self.line["received_at"]).astimezone(UTC)

    @property
    def name(self) -> str:
        """Where the page lies, for messages."""
        return f"{self.folder}/{self.line['file']}"

    def body(self) -> bytes:
        """The page as kept.

        Raises:
            ArchiveDamaged: the file is gone, unreadable or not what was landed.
        """
        try:
            content = gzip.decompress((self.folder / self.line["file"]).read_bytes())
        except (OSError, EOFError, ValueError) as error:
            raise ArchiveDamaged(f"{self.name}: cannot be read ({error})") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ArchiveDamaged(
                f"{self.name}: its bytes are not those of the manifest; "
                "restore the file from a backup"
            )
        return content


class RunLanding:
    """The landing of one run, open for more pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        self._manifest = folder / "manifest.jsonl"
        lines = _whole_lines(self._manifest)
        self._last_line = lines[-1] if lines else b""
        self.pages = [_page(folder, n, line) for n, line in enumerate(lines, 1)]

    def land(self, query_id: str, request: Request, answer: Answer) -> LandedPage:
        """Keep one page; when this returns it survives a power cut."""
        number = len(self.pages) + 1
        name = f"pages/{number:06}.json.gz"
        write_whole(self.folder / name, gzip.compress(answer.body, 6, mtime=0))
        line = {
            "page": number,
            "query_id": query_id,
            "file": name,
            "url": request.url,
            "params": request.params,
            "received_at": answer.received_at.isoformat(),
            "status": answer.status,
            "bytes": len(answer.body),
            "sha256": hashlib.sha256(answer.body).hexdigest(),
            "is_redacted": answer.is_redacted,
            "previous_line_sha256": self._last_line_sha256(),
        }
        self._append(json.dumps(line, ensure_ascii=False).encode())
        page = LandedPage(self.folder, line)
        self.pages.append(page)
        return page

    def _last_line_sha256(self) -> str:
        if not self._last_line:
            return FIRST_LINE_FOLLOWS
        return hashlib.sha256(self._last_line).hexdigest()

    def _append(self, line: bytes) -> None:
        with self._manifest.open("ab") as file:
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if not self.pages:
            sync_folder(self.folder)
        self._last_line = line


def landed_pages(folder: Path) -> Iterator[LandedPage]:
    """The landed pages of a run folder, in the order they were received."""
    for number, line in enumerate(_read_lines(folder / "manifest.jsonl")[0], 1):
        yield _page(folder, number, line)


def _whole_lines(manifest: Path) -> list[bytes]:
    """The manifest's lines; a last line torn by a crash is cut off the file."""
    lines, torn = _read_lines(manifest)
    if torn:
        with manifest.open("rb+") as file:
            file.truncate(manifest.stat().st_size - len(torn))
            os.fsync(file.fileno())
    return lines


def _read_lines(manifest: Path) -> tuple[list[bytes], bytes]:
    if not manifest.exists():
        return [], b""
    *lines, torn = manifest.read_bytes().split(b"\n")
    return lines, torn


def _page(folder: Path, number: int, line: bytes) -> LandedPage:
    try:
        fields = json.loads(line)
        if fields["page"] != number:
            raise ValueError(f"page {fields['page']} where {number} was due")
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(
            f"{folder}/manifest.jsonl line {number}: {error}; "
            "restore the file from a backup"
        ) from error
    return LandedPage(folder, fields)
