"""A cluster that loses a worker gives every table as DuckDB alone gives it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from analysis.cache import kept_version, write_kept
from tests.analysis.spark.cluster import SETTINGS, Cluster, cluster

# Vectors are dear: most are kept from DuckDB's build, these are made anew by workers.
VECTORS_ANEW = 40
# A build takes a minute or two on two idle cores; more is a hang, or a busy machine.
SECONDS = 900
COLUMNS = """
select schema_name || '.' || table_name, column_name, data_type, comment
from duckdb_columns()
where database_name = ? and not internal
order by all
"""


@pytest.fixture
def forgetful(archive: Path) -> Path:
    """The sample archive before its build, with less kept from earlier ones."""
    (archive / "adwatch.duckdb").unlink()
    (archive / "cache" / "text_languages.parquet").unlink()
    path = archive / "cache" / "text_vectors.parquet"
    vectors = pq.read_table(path)
    write_kept(path, kept_version(vectors.schema), vectors.slice(VECTORS_ANEW))
    return archive


def test_a_cluster_that_loses_a_worker_gives_the_same_tables(
    sample: Path, forgetful: Path, tmp_path: Path
) -> None:
    with cluster(tmp_path / "cluster") as running:
        build_while_a_worker_dies(running, forgetful, tmp_path / "build.log")
    assert "Removing worker" in running.log.read_text(encoding="utf-8")
    compare(sample / "adwatch.duckdb", forgetful / "adwatch.duckdb")
    kept = pq.read_table(forgetful / "cache" / "text_vectors.parquet")
    assert len(kept) == len(pq.read_table(sample / "cache" / "text_vectors.parquet"))


def build_while_a_worker_dies(running: Cluster, archive: Path, log: Path) -> None:
    """Build on the cluster; a worker is killed while the parts of texts are made."""
    command = [sys.executable, "-m", "analysis", "build", "--engine", "spark"]
    # A store under another name than file://, so that nothing is found by its path.
    shared = archive.parent / "shared"
    shared.mkdir()
    mounted = f"spark.hadoop.fs.viewfs.mounttable.shared.link./data {shared.as_uri()}"
    place = ["--archive", str(archive), "--master", running.master]
    place += ["--store", "viewfs://shared/data"]
    settings = log.with_name("spark")
    settings.mkdir()
    (settings / "spark-defaults.conf").write_text(SETTINGS + mounted)
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment["SPARK_CONF_DIR"] = str(settings)
    with log.open("wb") as file:
        build = subprocess.Popen(
            [*command, *place], stdout=file, stderr=file, env=environment
        )
    end = time.monotonic() + SECONDS
    try:
        while not any((shared / "packed" / "texts").glob("_temporary/*/*")):
            assert build.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        assert all(worker.has_begun() for worker in running.workers)
        running.workers[1].kill()
        assert "texts: parts made" not in log.read_text(encoding="utf-8")
        build.wait(timeout=end - time.monotonic())
    finally:
        build.kill()
        build.wait()
    assert build.returncode == 0, log.read_text(encoding="utf-8")


def compare(expected: Path, found: Path) -> None:
    """Both databases have the same tables, columns, types, comments and rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{expected}' as expected (read_only)")
        connection.execute(f"attach '{found}' as found (read_only)")
        columns = connection.execute(COLUMNS, ["expected"]).fetchall()
        assert connection.execute(COLUMNS, ["found"]).fetchall() == columns
        tables = sorted({table for table, *_ in columns})
        assert len(tables) > 100
        for table in tables:
            names = ", ".join(name for other, name, *_ in columns if other == table)
            one, two = (
                f"select {names} from {database}.{table}"
                for database in ("expected", "found")
            )
            differing = connection.execute(
                f"(from ({one}) except all from ({two})) union all by name "
                f"(from ({two}) except all from ({one})) limit 3"
            ).fetchall()
            assert differing == [], f"{table}: {differing}"
