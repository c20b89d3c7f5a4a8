"""Measure: a bundle of a million ads becomes Parquet in bounded memory.

Run by `make bench`; not a test. Prints rows, seconds and the peak of memory.
"""

import io
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from collectors.__main__ import main

ROWS = 1_000_000
LIMIT_MB = 1024
COLUMNS = (
    "Ad_ID,Ad_URL,Ad_Type,Regions,Advertiser_ID,Advertiser_Name,Ad_Campaigns_List,"
    "Date_Range_Start,Date_Range_End,Num_of_Days,Impressions,Spend_USD,"
    "First_Served_Timestamp,Last_Served_Timestamp,Age_Targeting,Gender_Targeting,"
    "Geo_Targeting_Included,Geo_Targeting_Excluded,"
    "Spend_Range_Min_USD,Spend_Range_Max_USD,Spend_Range_Min_EUR,Spend_Range_Max_EUR,"
    "Is_Funded_By_Google_Ad_Grants"
)


def write_bundle(path: Path, rows: int) -> None:
    """An invented bundle with `rows` ads in the form of Google's newest one."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box,
        box.open(
            "google-political-ads-creative-stats.csv", "w", force_zip64=True
        ) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
    ):
        file.write(COLUMNS + "\n")
        for number in range(rows):
            file.write(
                f"CR{number:020},https://invented.invalid/CR{number},Text,US,"
                f"AR{number % 5000:020},INVENTED ADVERTISER {number % 5000},,"
                f"2024-01-{number % 28 + 1:02},2024-02-{number % 28 + 1:02},31,"
                f"{number % 90}000-{number % 90 + 1}000,,2024-01-01T07:00:00Z,"
                f'2024-02-01T08:00:00Z,"18-24, 25-34","Male, Female",'
                f'"Oklahoma,United States, {number % 997}",Not targeted,'
                f"{number % 50 * 100},{number % 50 * 100 + 100},0,100,FALSE\n"
            )


def bench(rows: int = ROWS) -> int:
    """0 when the bundle was read whole below the limit of memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_bundle(folder / "bundle.zip", rows)
        config = folder / "adwatch.toml"
        config.write_text(f'[google]\nfiles = ["{folder}/bundle.zip"]\n')
        begun = time.monotonic()
        failed = main(["--archive", str(folder / "live"), "--config", str(config)])
        seconds = time.monotonic() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        parquet = sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6
    print(
        f"bundle of {rows:,} ads: {seconds:.0f} s, {rows / seconds:,.0f} ads/s, "
        f"peak memory {peak:.0f} MB, Parquet {parquet:.0f} MB"
    )
    return 1 if failed or peak > LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(bench(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
