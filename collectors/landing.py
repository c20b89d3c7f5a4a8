"""Raw pages and files as received, and the manifest that proves them.

A run is a folder `raw/<library>/<run_id>/` with `run.json`, `manifest.jsonl` and
`pages/`. A page file is made whole first; only then does its manifest line follow.
A page is landed when its line is there, so a run that died goes on after the last
whole line, and a page file without a line is overwritten.
"""

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collectors.errors import ArchiveDamaged
from collectors.exchange import Answer, Request, json_of
from collectors.files import DRAFT, replaced_whole, sync_folder, write_whole

FIRST_LINE_FOLLOWS = "0" * 64
# A landed file keeps the letters of its own name that are safe in any file system.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
BLOCK = 2**20
RESTORE = "restore the file from a backup"
# What every manifest line tells, and in which form.
_LINE = {
    "query_id": str,
    "file": str,
    "url": str,
    "params": dict,
    "received_at": str,
    "bytes": int,
    "sha256": str,
}


@dataclass(frozen=True)
class LandedPage:
    """One page or file in the raw landing: its manifest line, and its bytes."""

    folder: Path
    line: dict[str, Any]
    # The answer that was landed, while it is at hand, so that it is read only once.
    answer: Answer | None = field(default=None, compare=False, repr=False)

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

    @property
    def path(self) -> Path:
        """The file in the landing."""
        return self.folder / str(self.line["file"])

    @property
    def is_file(self) -> bool:
        """Whether it is a file landed as it was, not the body of an answer."""
        return "file_name" in self.line

    @property
    def file_name(self) -> str:
        """The name that a landed file had."""
        return str(self.line["file_name"])

    @property
    def request(self) -> Request:
        """The request that the page answers."""
        line = self.line
        return Request(
            line["url"],
            line["params"],
            line.get("json"),
            bool(line.get("is_encoded", False)),
            line.get("detail_of"),
        )

    def body(self) -> bytes:
        """The page as kept.

        Raises:
            ArchiveDamaged: the file is gone, unreadable or not what was landed.
        """
        try:
            content = gzip.decompress(self.path.read_bytes())
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise ArchiveDamaged(
                f"{self.name}: cannot be read ({error}); {RESTORE}"
            ) from error
        self._check(hashlib.sha256(content).hexdigest())
        return content

    def value(self) -> Any:
        """The JSON value of the page.

        Raises:
            ArchiveDamaged: see `body`.
        """
        return self.answer.value if self.answer else json_of(self.body())

    def checked_path(self) -> Path:
        """The path of a landed file whose bytes are those of the manifest.

        Raises:
            ArchiveDamaged: the file is gone, unreadable or not what was landed.
        """
        try:
            with self.path.open("rb") as file:
                self._check(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise ArchiveDamaged(
                f"{self.name}: cannot be read ({error}); {RESTORE}"
            ) from error
        return self.path

    def _check(self, sha256: str) -> None:
        if sha256 != self.sha256:
            raise ArchiveDamaged(
                f"{self.name}: its bytes are not those of the manifest; {RESTORE}"
            )


class RunLanding:
    """The landing of one run, open for more pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        for draft in folder.rglob(f"*{DRAFT}"):
            draft.unlink()
        self._manifest = folder / "manifest.jsonl"
        lines = _whole_lines(self._manifest)
        self._last_line = lines[-1] if lines else b""
        self.pages = [_page(folder, n, line) for n, line in enumerate(lines, 1)]

    def land(self, query_id: str, request: Request, answer: Answer) -> LandedPage:
        """Keep one page; when this returns it survives a power cut."""
        name = f"pages/{len(self.pages) + 1:06}.json.gz"
        write_whole(self.folder / name, gzip.compress(answer.body, 6, mtime=0))
        facts = {
            "url": request.url,
            "params": request.params,
            "json": request.json,
            "is_encoded": request.is_encoded or None,
            "detail_of": request.detail_of,
            "received_at": answer.received_at.isoformat(),
            "status": answer.status,
            "is_absence": answer.is_absence or None,
            "bytes": len(answer.body),
            "sha256": hashlib.sha256(answer.body).hexdigest(),
            "is_redacted": answer.is_redacted,
        }
        return self._append(query_id, name, facts)

    def land_file(
        self, query_id: str, source: str, blocks: Iterable[bytes], now: datetime
    ) -> LandedPage:
        """Keep one file as it is; when this returns it survives a power cut.

        The bytes stream through. A file that an earlier run landed shares its bytes.
        """
        file_name = re.split(r"[/\\]", source.partition("?")[0])[-1]
        safe = _UNSAFE.sub("_", file_name)[-80:]
        name = f"pages/{len(self.pages) + 1:06}.{safe}"
        digest, size = hashlib.sha256(), 0
        with replaced_whole(self.folder / name) as draft:
            with draft.open("wb") as file:
                for block in blocks:
                    file.write(block)
                    digest.update(block)
                    size += len(block)
            if same := _landed_before(self.folder, digest.hexdigest()):
                draft.unlink()
                draft.hardlink_to(same)
        facts: dict[str, Any] = {
            "url": source,
            "params": {},
            "file_name": file_name,
            "received_at": now.isoformat(),
            "bytes": size,
            "sha256": digest.hexdigest(),
            "is_redacted": False,
        }
        return self._append(query_id, name, facts)

    @property
    def end_sha256(self) -> str:
        """SHA-256 of the last manifest line; a cut-off manifest does not have it."""
        if not self._last_line:
            return FIRST_LINE_FOLLOWS
        return hashlib.sha256(self._last_line).hexdigest()

    def _append(self, query_id: str, name: str, facts: dict[str, Any]) -> LandedPage:
        told = {key: value for key, value in facts.items() if value is not None}
        number = len(self.pages) + 1
        fields = {"page": number, "query_id": query_id, "file": name, **told}
        fields["previous_line_sha256"] = self.end_sha256
        line = json.dumps(fields, ensure_ascii=False).encode()
        with self._manifest.open("ab") as file:
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if number == 1:
            sync_folder(self.folder)
        self._last_line = line
        page = LandedPage(self.folder, fields)
        self.pages.append(page)
        return page


def _landed_before(folder: Path, sha256: str) -> Path | None:
    """A file of an earlier run of the same library with the same bytes."""
    for other in sorted(folder.parent.glob("*Z")):
        if other != folder:
            for page in landed_pages(other):
                if page.is_file and page.sha256 == sha256:
                    return page.path if page.path.exists() else None
    return None


def landed_pages(folder: Path) -> Iterator[LandedPage]:
    """The landed pages of a run folder, in the order they were received."""
    for number, line in enumerate(manifest_lines(folder), 1):
        yield _page(folder, number, line)


def manifest_lines(folder: Path) -> list[bytes]:
    """The whole lines of a run's manifest, without a last one torn by a crash."""
    return _read_lines(folder / "manifest.jsonl")[0]


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
        for name, form in _LINE.items():
            if not isinstance(fields[name], form):
                raise ValueError(f"{name} is not of its form")
        datetime.fromisoformat(fields["received_at"])
        if not (folder / fields["file"]).resolve().is_relative_to(folder.resolve()):
            raise ValueError("the file lies outside of the run")
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(
            f"{folder}/manifest.jsonl line {number}: {error}; {RESTORE}"
        ) from error
    return LandedPage(folder, fields)
