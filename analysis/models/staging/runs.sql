-- staging.runs: every collection run, finished or not.
-- Grain: one row per library, run_id.
-- Reads: raw/*/*/run.json.
-- Caveat: an incomplete run says nothing about ads it did not reach.
select
    library,
    run_id,
    status as run_status,
    missing as missing_text,
    cast(counts.pages as bigint) as pages_count,
    cast(counts.fetched as bigint) as fetched_count,
    cast(counts.written as bigint) as written_count,
    cast(coalesce(counts.skipped, 0) as bigint) as skipped_count,
    cast(coalesce(counts.repeated, 0) as bigint) as repeated_count
from read_json(
    'raw/*/*/run.json',
    columns = {
        library: 'varchar',
        run_id: 'varchar',
        status: 'varchar',
        missing: 'varchar',
        counts: 'struct(
            pages bigint, fetched bigint, written bigint, skipped bigint, repeated bigint
        )'
    }
)
