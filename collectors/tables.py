"""Records of CSV, JSON-lines and Parquet files, also zipped or gzipped, as streams.

Memory does not grow with the file. What cannot be read becomes a record that says
why and where: nothing is passed over in silence.
"""

import codecs
import csv
import gzip
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from collectors.errors import FileRefused
from collectors.protocol import RawRecord

# A text table shrinks ten to thirty times; a thousand times is a bomb.
LARGEST_RATIO = 250
RATIO_COUNTS_FROM = 2**24
LARGEST_MEMBER = 64 * 2**30
MOST_MEMBERS = 10_000
LARGEST_CELL = 8 * 2**20
_BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True)
class Table:
    """One file, or one member of a zip, and how to open it."""

    name: str
    path: Path
    member: str | None = None

    @property
    def base_name(self) -> str:
        """The name without folders and without .gz."""
        return PurePosixPath(self.name).name.removesuffix(".gz")

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes of the table, unpacked."""
        if self.member is not None:
            with zipfile.ZipFile(self.path) as box, box.open(self.member) as file:
                yield file
        elif self.name.endswith(".gz"):
            with gzip.open(self.path) as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            with self.path.open("rb") as plain:
                yield plain


def tables(path: Path, name: str) -> list[Table]:
    """The tables in a file: itself, or the members of a zip in its order.

    Raises:
        FileRefused: the zip is damaged, a bomb, encrypted, or holds paths outside.
    """
    if not name.lower().endswith(".zip"):
        return [Table(name, path)]
    try:
        with zipfile.ZipFile(path) as box:
            members = [info for info in box.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise FileRefused(f"{name}: not a whole zip ({error}); get it again") from error
    if len(members) > MOST_MEMBERS:
        raise FileRefused(f"{name}: {len(members)} members; refused as a zip bomb")
    for info in members:
        _check_member(name, info)
    return [Table(info.filename, path, info.filename) for info in members]


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    place = f"{name}: member {info.filename!r:.120}"
    inside = PurePosixPath(info.filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        raise FileRefused(f"{place}: its path leads outside; refused")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused(f"{place}: is a link; refused")
    if info.flag_bits & 1:
        raise FileRefused(f"{place}: is encrypted; save it without a password")
    ratio = info.file_size / max(info.compress_size, 1)
    is_bomb = info.file_size > RATIO_COUNTS_FROM and ratio > LARGEST_RATIO
    if is_bomb or info.file_size > LARGEST_MEMBER:
        raise FileRefused(f"{place}: unpacks to {info.file_size} bytes; refused")


def csv_records(table: Table, encoding: str = "utf-8-sig") -> Iterator[RawRecord]:
    """The rows of a CSV with a header, as text by column; bad ones with the reason."""
    csv.field_size_limit(LARGEST_CELL)
    place = Line(table.base_name)
    try:
        with table.opened() as file:
            text = _text(file, encoding)
            yield from _rows(csv.reader(text), place)
    except (*_BROKEN, UnicodeError) as error:
        yield place.truncated(error)


@dataclass
class Line:
    """Where a reader stands, for messages."""

    name: str
    first: int = 1
    last: int = 0

    def __str__(self) -> str:
        """The place in words."""
        if self.last <= self.first:
            return f"{self.name} line {self.first}"
        return f"{self.name} lines {self.first}-{self.last}"

    def went_to(self, line: int) -> None:
        """The next record ends at `line`."""
        self.first, self.last = self.last + 1, line

    def truncated(self, error: Exception) -> RawRecord:
        """The record that says that the file ends too early."""
        where = f"{self.name} after line {self.last}"
        reason = f"the file breaks off: {type(error).__name__}: {error!s:.100}"
        return RawRecord(where, {}, reason, is_truncation=True)


def _text(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The decoded text; bytes that are no text come through as lone surrogates."""
    buffered = io.BufferedReader(cast(io.RawIOBase, file))
    start = buffered.peek(4)[:2]
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16"
    return io.TextIOWrapper(
        buffered, encoding=encoding, errors="surrogateescape", newline=""
    )


def _rows(reader: Any, place: Line) -> Iterator[RawRecord]:
    header: list[str] | None = None
    repeated: list[str] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            place.went_to(reader.line_num)
            yield RawRecord(str(place), {}, f"not CSV: {error}")
            continue
        place.went_to(reader.line_num)
        if not row:
            continue
        if header is None:
            header = [cell.strip() for cell in row]
            repeated = sorted({name for name in header if header.count(name) > 1})
            if problem := _text_problem(row):
                yield RawRecord(f"{place} (header)", {}, problem)
            continue
        problem = _row_problem(row, header, repeated)
        raw = {} if problem else dict(zip(header, row, strict=True))
        yield RawRecord(str(place), raw, problem)


def _row_problem(row: list[str], header: list[str], repeated: list[str]) -> str | None:
    if repeated:
        return f"the header names column {repeated[0]!r:.60} twice"
    if len(row) != len(header):
        return f"ragged: {len(row)} cells where the header has {len(header)}"
    if row[0].strip() == header[0] and [cell.strip() for cell in row] == header:
        return "the header comes again"
    return _text_problem(row)


def _text_problem(row: list[str]) -> str | None:
    joined = "".join(row)
    if "\0" in joined:
        return "NUL bytes"
    try:
        joined.encode()
    except UnicodeEncodeError:
        return "not in the file's encoding"
    return None


def json_line_records(table: Table) -> Iterator[RawRecord]:
    """The objects of a file with one JSON value a line; bad lines with the reason."""
    place = Line(table.base_name)
    try:
        with table.opened() as file:
            while line := file.readline(LARGEST_CELL + 1):
                place.went_to(place.last + 1)
                if line.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield _json_record(str(place), line)
    except _BROKEN as error:
        yield place.truncated(error)


def _json_record(place: str, line: bytes) -> RawRecord:
    if len(line) > LARGEST_CELL:
        return RawRecord(place, {}, f"longer than {LARGEST_CELL} bytes")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return RawRecord(place, {}, f"not JSON: {error!s:.100}")
    if not isinstance(value, dict):
        return RawRecord(place, {}, "not a JSON object")
    return RawRecord(place, value)


def parquet_records(table: Table) -> Iterator[RawRecord]:
    """The rows of a Parquet file, a few thousand in memory at a time."""
    number = 0
    try:
        with pq.ParquetFile(table.path) as file:
            for batch in file.iter_batches(2_000):
                for raw in batch.to_pylist():
                    number += 1
                    yield RawRecord(f"{table.base_name} row {number}", raw)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        where = f"{table.base_name} after row {number}"
        yield RawRecord(where, {}, f"not Parquet: {error!s:.100}", is_truncation=True)
