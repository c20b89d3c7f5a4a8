"""A report on the marts of a million ads: wall seconds, CPU seconds, memory.

python -m tests.benchmarks.report [ADS]     default a million, 1 in 20 flagged
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from reports.__main__ import main as report
from tests.reports.marts_builder import build_archive

ADS, BUILT = 1_000_000, 200
# How many rows each mart holds for a million ads; the built ones are copied.
SHARES = {
    "flagged_ads": 0.05, "other_verdicts": 0.05, "examined_ads": 1.0,
    "ad_regions": 2.0, "advertisers": 0.05, "cluster_members": 0.3, "clusters": 0.03,
    "vanished_ads": 0.05, "advertiser_links": 0.01, "look_alikes": 0.001,
}  # fmt: skip
# What must differ from copy to copy.
NUMBERED = {
    "ad_id": "ad_id || '-' || copy", "text_hash": "text_hash || '-' || copy % 5000",
    "wording": "wording || ' ' || copy % 5000",
    "advertiser_id": "advertiser_id || '-' || copy % 10000",
    "cluster_id": "cluster_id || '-' || copy",
}  # fmt: skip


def main(ads_count: int = ADS) -> None:
    """Print what the report takes."""
    with tempfile.TemporaryDirectory() as folder:
        archive = build_archive(Path(folder) / "live", BUILT, is_invented=False)
        with duckdb.connect(archive / "adwatch.duckdb") as connection:
            for name, share in SHARES.items():
                multiply(connection, f"marts.{name}", int(ads_count * share))
        start, begun = time.perf_counter(), time.process_time()
        assert report(["--archive", str(archive)]) == 0
        wall, cpu = time.perf_counter() - start, time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{ads_count:,} ads: {wall:.1f} s, {cpu:.1f} CPU s, {memory:.2f} GB at most")


def multiply(connection: duckdb.DuckDBPyConnection, table: str, wanted: int) -> None:
    """Copy the rows of a table, under new ids, until it holds about `wanted`."""
    (count,) = connection.table(table).count("*").fetchone() or (0,)
    changed = [
        f"{NUMBERED[name]} as {name}"
        for name in connection.table(table).columns
        if name in NUMBERED
    ]
    replaced = f"replace ({', '.join(changed)})" if changed else ""
    connection.execute(
        f"insert into {table} by name select * exclude (copy) {replaced} from {table} "
        f"cross join range(1, {max(wanted // max(count, 1), 1)}) as copies(copy)"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
