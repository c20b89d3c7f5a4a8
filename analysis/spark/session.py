"""A Spark session, or one line that says what it lacks."""

import importlib.util
import logging
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SECONDS = 5
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # DuckDB's timestamps have no zone; where numbers overflow, Spark must say so too.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
    # A row of packed results is up to some MB.
    "spark.sql.parquet.columnarReaderBatchSize": "64",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
}


@contextmanager
def session(master: str, warehouse: Path) -> Iterator["SparkSession"]:
    """A session on `master`; spark-defaults.conf in SPARK_CONF_DIR is heeded.

    Raises:
        AnalysisError: pyspark, Java or the master is missing.
    """
    require_packages()
    _require_java()
    _require_master(master)
    # It tells of every connection that it closes.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    # The workers' Python; on a cluster PYSPARK_PYTHON names theirs.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("adwatch")
    builder = builder.config("spark.sql.warehouse.dir", str(warehouse))
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def require_packages() -> None:
    """Stop with a remedy where the packages of the extra `spark` are missing."""
    for package in ("pyspark", "sqlglot"):
        if importlib.util.find_spec(package) is None:
            raise AnalysisError(f"{package} is missing; run `make spark-install`")


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        raise AnalysisError(
            "Spark needs Java 17; run `apt-get install openjdk-17-jre-headless`"
        )


def _require_master(master: str) -> None:
    """A standalone master that does not answer would be waited for a minute."""
    if not master.startswith("spark://"):
        return
    places = [urlsplit(f"spark://{one}") for one in master[8:].split(",")]
    for place in places:
        try:
            with socket.create_connection((place.hostname, place.port), _SECONDS):
                return
        except (OSError, ValueError):
            continue
    raise AnalysisError(
        f"no Spark master answers at {master}; start it, or give SPARK_MASTER=local[2]"
    )
