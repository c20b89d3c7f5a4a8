-- staging.reported_spend: spend that a library reports by advertiser, place or week.
-- Grain: one row per run_id, page_sha256, page_place, spend_kind.
-- Reads: spend/*/*.parquet.
-- Caveat: rows of different kinds overlap; never add kinds, currencies or periods.
select
    run_id,
    page_sha256,
    page_place,
    library,
    spend_kind,
    advertiser_id,
    advertiser_name,
    funder,
    country_codes,
    region_name,
    keyword,
    ads_count,
    currency_code,
    spend_min,
    spend_max,
    spend_disclosure,
    period_name,
    period_started_date,
    period_stopped_date,
    collected_at at time zone 'UTC' as collected_at
from read_parquet('spend/*/*.parquet', union_by_name = true)
