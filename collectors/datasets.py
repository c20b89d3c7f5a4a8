"""The Parquet datasets of an archive, one file per run in each.

`ads/<library>/<run_id>.parquet` holds ads; `spend/...` holds spend that a
library reports by advertiser, place or week; `vanished/...` see comparison.py.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from collectors.ads import AD_SCHEMA
from collectors.files import DRAFT, sync_folder
from collectors.spend import SPEND_SCHEMA

SCHEMAS: dict[str, pa.Schema] = {"ads": AD_SCHEMA, "spend": SPEND_SCHEMA}
ROWS_PER_GROUP = 20_000


def dataset_path(archive: Path, dataset: str, library: str, run_id: str) -> Path:
    """The file that holds a run's rows of one dataset."""
    return archive / dataset / library / f"{run_id}.parquet"


class DatasetWriter:
    """Writes the rows of one run, in the order given, to each dataset's file.

    Files are written beside the old ones and moved over them at the end, so a reader
    sees the old rows or the new ones. Memory is bounded by `ROWS_PER_GROUP` rows.
    """

    def __init__(self, archive: Path, library: str, run_id: str) -> None:
        self._paths = {
            name: dataset_path(archive, name, library, run_id) for name in SCHEMAS
        }
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self.counts = dict.fromkeys(SCHEMAS, 0)

    def __enter__(self) -> "DatasetWriter":
        """Open for rows."""
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Put the files in place, or leave the old ones if something went wrong."""
        if kind is not None:
            self._abandon()
            return
        try:
            self._finish()
        except BaseException:
            self._abandon()
            raise

    def write(self, dataset: str, row: dict[str, Any]) -> None:
        """Add one row."""
        rows = self._rows[dataset]
        rows.append(row)
        if len(rows) >= ROWS_PER_GROUP:
            self._flush(dataset)

    def _finish(self) -> None:
        # A dataset without rows has no file, but ads always have one to read.
        for name, path in self._paths.items():
            if self._rows[name] or name == "ads":
                self._flush(name)
            if name not in self._writers:
                path.unlink(missing_ok=True)
                continue
            self._writers[name].close()
            with _draft(path).open("rb+") as file:
                os.fsync(file.fileno())
            _draft(path).replace(path)
            sync_folder(path.parent)

    def _abandon(self) -> None:
        for writer in self._writers.values():
            # What cannot be written, on a full disk, cannot be closed either.
            with suppress(OSError, pa.ArrowException):
                writer.close()
        for path in self._paths.values():
            _draft(path).unlink(missing_ok=True)

    def _flush(self, name: str) -> None:
        schema, path = SCHEMAS[name], self._paths[name]
        if name not in self._writers:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[name] = pq.ParquetWriter(
                _draft(path), schema, compression="zstd", write_page_checksum=True
            )
        if rows := self._rows[name]:
            self._writers[name].write_table(pa.Table.from_pylist(rows, schema=schema))
            self.counts[name] += len(rows)
            rows.clear()


def _draft(path: Path) -> Path:
    return path.with_name(path.name + DRAFT)
