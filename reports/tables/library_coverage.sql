-- Each run of collection, newest first.
-- Grain: one row per library and run_id.
-- Reads: marts.library_coverage.
-- Caveat: an ad may be seen by several runs, so ads do not add up over runs.
select
    library,
    run_id,
    run_status,
    missing_text,
    requested_country_codes,
    pages_count,
    ads_count,
    skipped_count,
    cast(epoch(first_received_at) as bigint) as first_received_epoch,
    cast(epoch(last_received_at) as bigint) as last_received_epoch
from marts.library_coverage
order by
    first_received_epoch desc nulls last,
    library asc,
    run_id asc
