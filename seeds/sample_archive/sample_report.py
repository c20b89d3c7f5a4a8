"""An invented Meta Ad Library Report: what pages spent in a country and period.

The form is that of the CSV in Meta's zip, seen 2025; every figure is invented. It
counts the ads of the sample, and some more that the sample does not hold.
"""

import csv
import hashlib
import io
import random
from collections import Counter
from datetime import date, timedelta

from sample_ads import Ad, first_collection, second_collection
from sample_wire import wire_ad

COUNTRY, LAST_DAY, DAYS = "AZ", date(2026, 11, 14), 90
NAME = f"FacebookAdLibraryReport_{LAST_DAY}_{COUNTRY}_last_{DAYS}_days_advertisers.csv"
HEAD = (
    "Page ID",
    "Page name",
    "Disclaimer",
    "Amount spent (USD)",
    "Number of ads in Library",
)
NO_DISCLAIMER = "These ads ran without a disclaimer"
# Pages of which the report counts more ads than the sample holds.
LACKING_COUNT = 6
# Pages that have no ad in the sample; as little real as the others.
ELSEWHERE = {
    ("9990713355420986", "Boş Zərf Bülleteni", "Boş Zərf MMC"): 7,
    ("9990248816037755", "Три Чайные Ложки", NO_DISCLAIMER): 2,
}
# Up to so much Meta states no amount.
LEAST_STATED = 100

Row = tuple[str, str, str]


def report() -> bytes:
    """The CSV file, largest spend first, with the mark that Meta's begin with."""
    rows = sorted(
        ((*row, spent(row, count), count) for row, count in counted().items()),
        key=lambda row: (-row[3], row),
    )
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEAD)
    for *names, amount, count in rows:
        stated = amount if amount > LEAST_STATED else f"≤{LEAST_STATED}"
        lines.writerow((*names, stated, count))
    return text.getvalue().encode("utf-8-sig")


def counted() -> dict[Row, int]:
    """Ads shown in the country in the period, by page and disclaimer."""
    newest = {ad.ad_id: ad for ad in (*first_collection(), *second_collection())}
    counts = Counter(row_of(ad) for ad in newest.values() if is_counted(ad))
    for row in sorted(counts, key=drawn)[:LACKING_COUNT]:
        counts[row] += random.Random(f"lacking:{row}").randint(1, 5)
    return {**counts, **ELSEWHERE}


def is_counted(ad: Ad) -> bool:
    """Whether the ad was shown in the country on a day of the period."""
    first_day = LAST_DAY - timedelta(days=DAYS - 1)
    is_running = ad.stopped is None or ad.stopped >= first_day
    return COUNTRY in ad.countries and is_running and ad.started <= LAST_DAY


def row_of(ad: Ad) -> Row:
    """What the report puts into one row: ads of a page with the same disclaimer."""
    page_name = ad.advertiser.renamed_to or ad.page_name
    disclaimer = wire_ad(ad).get("bylines", NO_DISCLAIMER)
    return ad.advertiser.page_id, page_name, disclaimer


def drawn(row: Row) -> bytes:
    """An order that a new row in the tables disturbs as little as possible."""
    return hashlib.sha256(f"report:{row}".encode()).digest()


def spent(row: Row, count: int) -> int:
    """An invented amount of whole dollars."""
    return int(count * random.Random(f"spent:{row}").uniform(5, 400))
