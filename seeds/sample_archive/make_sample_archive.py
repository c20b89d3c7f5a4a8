"""Writes the bundled archive of invented ads: answers and a report of Meta's library.

Run from the project root: python seeds/sample_archive/make_sample_archive.py
Everything is invented. Equal tables give equal bytes.
"""

import csv
import gzip
import io
import json
import logging
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import sample_report
from sample_ads import Ad, first_collection, invented_ads, second_collection
from sample_text import HERE
from sample_wire import wire_ad

FIRST, SECOND = "20260901T060000Z", "20261115T060000Z"
REPORTED = "20261115T060500Z"
COUNTRIES = ("AZ", "GE", "TR")
# `limit` is only a hint to Meta: answers of 98 and of 103 ads came for 100.
PAGE_SIZES = (100, 103, 98)
TRUTH_COLUMNS = ("ad_id", "class", "code", "severity", "language", "note")
NEXT_URL = (
    "https://graph.facebook.com/v23.0/ads_archive"
    "?ad_reached_countries=%5B%27{country}%27%5D&ad_type=POLITICAL_AND_ISSUE_ADS"
    "&ad_active_status=ALL&search_terms=%2A&limit=100&after={after}"
)


def main() -> None:
    """Write all recorded pages, the report and truth.csv beside this file."""
    count = 0
    for path, page in recorded_pages():
        target = HERE / "recorded" / f"{path}.gz"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(compressed(page))
        count += 1
    target = HERE / "report" / REPORTED / sample_report.NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(sample_report.report())
    (HERE / "truth.csv").write_text(truth(), encoding="utf-8")
    logging.info("sample archive: %d pages, %d ads", count, len(invented_ads()))


def recorded_pages() -> Iterator[tuple[str, bytes]]:
    """Every page as (path below recorded/ without .gz, JSON bytes)."""
    collections = {FIRST: first_collection(), SECOND: second_collection()}
    for collection, ads in collections.items():
        for country in COUNTRIES:
            reached = [ad for ad in ads if country in ad.countries]
            for number, page in enumerate(pages(country, reached), start=1):
                path = f"{collection}/{country}/page-{number:03d}.json"
                yield path, json.dumps(page, separators=(",", ":")).encode()


def truth() -> str:
    """What each ad was invented as, as CSV text; for tests only."""
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    rows.writerow(TRUTH_COLUMNS)
    for ad in sorted(invented_ads(), key=lambda ad: ad.ad_id):
        row = ad.template
        rows.writerow(
            (ad.ad_id, row.text_class, row.code, row.severity, row.language, row.note)
        )
    return lines.getvalue()


def pages(country: str, ads: list[Ad]) -> Iterator[dict[str, Any]]:
    """The list of one country; each of the three ends its own way.

    AZ ends with an empty page, GE with `paging` that has no `next`, TR without
    `paging`. All three were seen in real answers.
    """
    chunks = list(cut(ads))
    for number, chunk in enumerate(chunks, start=1):
        is_last = number == len(chunks)
        after = f"page-{number + 1:03d}"
        page: dict[str, Any] = {"data": [wire_ad(ad) for ad in chunk]}
        if not is_last or country == "AZ":
            url = NEXT_URL.format(country=country, after=after)
            page["paging"] = {"cursors": {"after": after}, "next": url}
        elif country == "GE":
            page["paging"] = {"cursors": {"after": after}}
        yield page
    if country == "AZ":
        yield {"data": []}


def cut(ads: list[Ad]) -> Iterator[list[Ad]]:
    """Pages of about 100 ads; the second repeats two ads of the first.

    Lists shift while ads are added to them, so real answers repeat ads.
    """
    rest = list(ads)
    sizes = cycle(PAGE_SIZES)
    number = 0
    while rest:
        size = next(sizes)
        page, rest = rest[:size], rest[size:]
        number += 1
        if number == 1 and rest:
            rest = page[-2:] + rest
        yield page


def compressed(page: bytes) -> bytes:
    """The page as gzip without time or name, so that equal pages are equal files."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(page)
    return buffer.getvalue()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
