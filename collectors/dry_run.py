"""Show what a run would ask for, without asking."""

import json
import logging
import math
from collections import Counter
from datetime import date
from pathlib import Path

from collectors.bundles import is_address
from collectors.libraries import LIBRARIES
from collectors.plan import Query
from collectors.settings import LibrarySettings

log = logging.getLogger(__name__)

SHOWN_QUERIES = 40


def tell_plan(archive: Path, chosen: dict[str, LibrarySettings], today: date) -> None:
    """Log every library's queries and the number of requests they may need."""
    for name, settings in chosen.items():
        library = LIBRARIES[name]
        queries = library.queries(settings, getattr(settings, "until", None) or today)
        log.info("%s: %d queries", name, len(queries))
        before = _pages_before(archive, name)
        for query in queries[:SHOWN_QUERIES]:
            log.info("  %s: %s%s", query.query_id, query.reason, _size(query))
        if len(queries) > SHOWN_QUERIES:
            log.info("  and %d more", len(queries) - SHOWN_QUERIES)
        if library.api is None:
            fetched = sum(is_address(str(query.source)) for query in queries)
            log.info("%s: %d downloads, no other requests", name, fetched)
        else:
            log.info("%s: %s", name, _estimate(queries, before, settings))


def _estimate(queries: list[Query], before: Counter[str], settings: object) -> str:
    known = sum(max(before[query.identity], 1) for query in queries)
    unknown = sum(query.identity not in before for query in queries)
    told = f"at least {known} requests, one for each page of the lists"
    if unknown:
        told += f"; {unknown} queries were never asked, their length is unknown"
    rate = getattr(settings, "requests_per_minute", 0)
    return told + (f"; {math.ceil(known / rate)} minutes or more" if rate else "")


def _size(query: Query) -> str:
    if query.source is None or is_address(query.source):
        return ""
    path = Path(query.source)
    return f", {path.stat().st_size} bytes" if path.is_file() else ", NOT THERE"


def _pages_before(archive: Path, library: str) -> Counter[str]:
    """Pages per query identity in the newest run that had the query."""
    pages: Counter[str] = Counter()
    for path in sorted((archive / "raw" / library).glob("*Z/run.json")):
        queries = json.loads(path.read_bytes())["queries"]
        by_query = {query["query_id"]: query.get("identity", "") for query in queries}
        counted: Counter[str] = Counter()
        manifest = path.with_name("manifest.jsonl")
        lines = manifest.read_bytes().splitlines() if manifest.exists() else []
        for line in lines:
            counted[by_query.get(json.loads(line)["query_id"], "")] += 1
        pages.update({key: n - pages[key] for key, n in counted.items()})
    return pages
