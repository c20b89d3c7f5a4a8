-- staging.ad_sightings: every time a query showed a version of an ad.
-- Grain: one row per ad_id, version_hash, run_id, query_id.
-- Reads: ads/*/*.parquet.
-- Caveat: an ad that a run did not show may still exist; libraries drop and hide ads.
select
    ad_id,
    version_hash,
    run_id,
    query_id,
    page_sha256,
    page_place,
    query_text,
    requested_country_codes,
    is_invented,
    collected_at at time zone 'UTC' as collected_at
from read_parquet('ads/*/*.parquet', union_by_name = true)
