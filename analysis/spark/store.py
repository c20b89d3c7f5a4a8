"""The folder that all machines of a cluster see: any that Hadoop can name.

Spark reads and writes there; DuckDB reads and writes files of this machine only, so
tables are copied between the two unless the folder is one of this machine.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Store:
    """Tables by name under `uri`, such as file:///mnt/shared or s3a://bucket/adwatch.

    `local` is where copies are put on this machine.
    """

    def __init__(self, spark: "SparkSession", uri: str, local: Path) -> None:
        self._uri = uri.rstrip("/")
        self._local = local
        self._is_here = urlsplit(uri).scheme == "file"
        jvm = spark.sparkContext._jvm
        assert jvm is not None
        self._path = jvm.org.apache.hadoop.fs.Path
        configuration = spark.sparkContext._jsc.hadoopConfiguration()
        self._files = self._path(self._uri).getFileSystem(configuration)

    def is_within(self, folder: Path) -> bool:
        """Whether the store is in a folder of this machine, so that Spark sees both."""
        place = Path(urlsplit(self._uri).path)
        return self._is_here and place.is_relative_to(folder.resolve())

    def uri(self, name: str) -> str:
        """Where Spark finds a table."""
        return f"{self._uri}/{name}"

    def clear(self, name: str) -> None:
        """Remove what an earlier build left."""
        self._files.delete(self._path(self.uri(name)), True)

    def put(self, source: Path, name: str) -> None:
        """Copy a file of this machine to the store, unless it is there already."""
        target = self._path(self.uri(name))
        if self._files.exists(target):
            there, here = self._files.getFileStatus(target), source.stat()
            is_newer = there.getModificationTime() >= here.st_mtime * 1000
            if is_newer and there.getLen() == here.st_size:
                return
            self._files.delete(target, True)
        self._files.copyFromLocalFile(self._path(source.resolve().as_uri()), target)

    def get(self, name: str) -> Path:
        """A folder of this machine with the table's Parquet files."""
        if self._is_here:
            return Path(urlsplit(self.uri(name)).path)
        target = self._local / name
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._files.copyToLocalFile(
            False,
            self._path(self.uri(name)),
            self._path(target.resolve().as_uri()),
            True,
        )
        return target
