-- staging.disappearances: ads that a complete repeat of their query no longer held.
-- Grain: one row per ad_id, query_id, vanished_run_id.
-- Reads: vanished/*/*.parquet.
-- Caveat: gone from the answer to one query; it may still be found by another.
select
    ad_id,
    library,
    version_hash,
    query_id,
    last_seen_run_id,
    vanished_run_id,
    vanished_since at time zone 'UTC' as vanished_at
from read_parquet('vanished/*/*.parquet', union_by_name = true)
