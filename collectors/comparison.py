"""What a run found compared with all runs before it: new, changed, vanished ads.

An ad has vanished when a *complete* repeat of a query no longer holds it. That is
kept in `vanished/<library>/<run_id>.parquet`; nothing else is touched, and an
ad that comes back simply has newer sightings.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from collectors.datasets import dataset_path
from collectors.errors import ArchiveDamaged
from collectors.files import replaced_whole
from collectors.landing import RESTORE
from collectors.plan import Query
from collectors.rows import quarantine_path

log = logging.getLogger(__name__)

_COUNTS = """
with earlier as (
    select
        ad_id,
        arg_max(version_hash, (collected_at, run_id, query_id)) as version_hash
    from read_parquet($earlier)
    group by all
),
found as (
    select ad_id, arg_max(version_hash, (collected_at, query_id)) as version_hash
    from read_parquet($found)
    group by all
)
select
    count(*) filter (earlier.ad_id is null),
    count(*) filter (earlier.version_hash != found.version_hash),
    count(*) filter (earlier.version_hash = found.version_hash)
from found
left join earlier
    using (ad_id)
"""

_VANISHED = """
copy (
    with queries as (
        select
            unnest($run_ids) as run_id,
            unnest($query_ids) as query_id,
            unnest($repeated_by) as repeated_by
    ),
    seen as (
        select
            sightings.ad_id,
            sightings.library,
            queries.repeated_by as query_id,
            arg_max(sightings.version_hash, sightings.run_id) as version_hash,
            max(sightings.run_id) as last_seen_run_id
        from read_parquet($earlier) as sightings
        inner join queries
            using (run_id, query_id)
        group by all
    ),
    known as (
        select ad_id, query_id, max(vanished_run_id) as vanished_run_id
        from {vanished}
        group by all
    )
    select
        seen.ad_id,
        seen.library,
        seen.version_hash,
        seen.query_id,
        seen.last_seen_run_id,
        $run_id as vanished_run_id,
        cast($since as timestamptz) as vanished_since
    from seen
    left join known
        using (ad_id, query_id)
    where coalesce(known.vanished_run_id < seen.last_seen_run_id, true)
    and not exists (
        select 1
        from read_parquet($found) as found
        where found.ad_id = seen.ad_id and found.query_id = seen.query_id
    )
    and not list_contains($unread, seen.ad_id)
    order by seen.ad_id, seen.query_id
) to '{path}' (format parquet, compression zstd)
"""

_NO_VANISHED = """(
    select null as ad_id, null as query_id, null as vanished_run_id where false
)"""


def compare(archive: Path, library: str, run_id: str) -> dict[str, int]:
    """How many ads of a run are new, changed and unchanged against earlier runs.

    An ad found by several queries of the run counts once.
    """
    found = dataset_path(archive, "ads", library, run_id)
    earlier = _earlier(found)
    with _database(archive) as base:
        base.execute("set threads = 2; set memory_limit = '600MB'")
        if not earlier:
            told = base.execute(
                "select count(distinct ad_id), 0, 0 from read_parquet(?)", [str(found)]
            ).fetchone()
        else:
            told = base.execute(
                _COUNTS, {"earlier": earlier, "found": str(found)}
            ).fetchone()
    assert told is not None
    return dict(zip(("new", "changed", "unchanged"), map(int, told), strict=True))


def write_vanished(
    archive: Path, library: str, run_id: str, queries: list[Query], since: str
) -> int:
    """Write which ads a complete run's queries no longer hold; how many.

    `since` is when the repeat began, in ISO 8601 with zone.
    """
    path = dataset_path(archive, "vanished", library, run_id)
    found = dataset_path(archive, "ads", library, run_id)
    unread = _unread(quarantine_path(archive, library, run_id))
    pairs = _repeats(archive / "raw" / library, run_id, queries, unread)
    earlier = _earlier(found)
    path.unlink(missing_ok=True)
    if not pairs or not earlier:
        return 0
    before = _earlier(path)
    columns = [list(column) for column in zip(*pairs, strict=True)]
    asked = {
        "earlier": earlier,
        "found": str(found),
        "run_ids": columns[0],
        "query_ids": columns[1],
        "repeated_by": columns[2],
        "run_id": run_id,
        "since": since,
        "unread": [f"{library}:{raw_id}" for _, raw_id in unread if raw_id],
    }
    with _database(archive) as base, replaced_whole(path) as draft:
        base.execute(
            "set threads = 2; set memory_limit = '600MB'; set timezone = 'UTC'"
        )
        vanished = f"read_parquet({before!r})" if before else _NO_VANISHED
        query = _VANISHED.format(vanished=vanished, path=str(draft).replace("'", "''"))
        told = base.execute(query, asked).fetchone()
    count = int(told[0]) if told else 0
    if not count:
        path.unlink()
    return count


@contextmanager
def _database(archive: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, for questions on the Parquet of `archive`.

    Raises:
        ArchiveDamaged: DuckDB cannot read the Parquet, or write its answer.
    """
    try:
        with duckdb.connect() as base:
            yield base
    except duckdb.Error as error:
        raise ArchiveDamaged(
            f"{archive}: the Parquet cannot be read or written "
            f"({str(error).splitlines()[0]}); see that there is space, then run "
            "`make rebuild`"
        ) from error


def _earlier(path: Path) -> list[str]:
    """The files of the same dataset of earlier runs."""
    return [
        str(other)
        for other in sorted(path.parent.glob("*.parquet"))
        if other.name < path.name
    ]


def _repeats(
    raw: Path, run_id: str, queries: list[Query], unread: list[tuple[str, str | None]]
) -> list[tuple[str, str, str]]:
    """Earlier run and query, and the query of this run that repeats it."""
    blind = {query_id for query_id, raw_id in unread if raw_id is None}
    for query_id in sorted(blind):
        log.warning(
            "query %s: records without a readable id; no ad of it is called vanished",
            query_id,
        )
    pairs = []
    for path in sorted(raw.glob("*Z/run.json")):
        if path.parent.name < run_id:
            for old in _plan(path):
                pairs += [
                    (path.parent.name, old["query_id"], query.query_id)
                    for query in queries
                    if query.query_id not in blind and _is_repeat(query, old)
                ]
    return pairs


def _plan(path: Path) -> list[dict[str, Any]]:
    """The queries of an earlier run."""
    try:
        plan: list[dict[str, Any]] = json.loads(path.read_bytes())["queries"]
        if not all(isinstance(old["query_id"], str) for old in plan):
            raise ValueError("a query without a name")
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(f"{path}: {error}; {RESTORE}") from error
    return plan


def _is_repeat(query: Query, old: dict[str, Any]) -> bool:
    if not query.identity or old.get("identity") != query.identity:
        return False
    return not query.until or not old.get("until") or old["until"] <= query.until


def _unread(quarantine: Path) -> list[tuple[str, str | None]]:
    """The query and the ad id, where known, of every record set aside."""
    if not quarantine.exists():
        return []
    lines = map(json.loads, quarantine.read_bytes().splitlines())
    return [(line["query_id"], line["raw_id"]) for line in lines]
