-- marts.library_coverage: what each run asked for and got.
-- Grain: one row per library, run_id.
-- Reads: staging.ad_sightings, staging.pages, staging.runs.
-- Caveat: nothing a run did not ask for, or the library does not hold, is here.
with received as (
    select
        library,
        run_id,
        min(received_at) as first_received_at,
        max(received_at) as last_received_at
    from staging.pages
    group by all
),

asked as (
    select
        run_id,
        list_sort(list_distinct(flatten(list(requested_country_codes))))
            as requested_country_codes,
        count(distinct ad_id) as ads_count
    from staging.ad_sightings
    group by run_id
)

select
    runs.library,
    runs.run_id,
    runs.run_status,
    runs.missing_text,
    coalesce(asked.requested_country_codes, []) as requested_country_codes,
    runs.pages_count,
    coalesce(asked.ads_count, 0) as ads_count,
    runs.skipped_count,
    received.first_received_at,
    received.last_received_at
from staging.runs
left join received
    on runs.library = received.library and runs.run_id = received.run_id
left join asked
    on runs.run_id = asked.run_id
