-- marts.coverage_days: for each day of delivery, what was asked for and what came.
-- Grain: one row per library, covered_date.
-- Reads: staging.ads, staging.queries.
-- Caveat: no ad on a day that is not complete says nothing. Complete means that all
-- that was ever asked for on that day came whole, after the day had ended; what was
-- never asked for, or what the library does not hold, is not here.
with asked as (
    select
        library,
        regexp_replace(query_text, '\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d', '')
            as asked_for,
        requested_country_codes,
        is_complete,
        cast(strptime(left(run_id, 8), '%Y%m%d') as date) as run_date,
        unnest(generate_series(
            requested_from_date, requested_until_date, interval 1 day
        )) as asked_at
    from staging.queries
    where requested_from_date is not null
),

-- The same thing asked again on a later day makes up for a broken or early answer.
answered as (
    select
        library,
        asked_for,
        requested_country_codes,
        cast(asked_at as date) as covered_date,
        bool_or(is_complete and run_date > cast(asked_at as date)) as is_answered
    from asked
    group by all
),

by_day as (
    select
        library,
        covered_date,
        list_sort(list_distinct(flatten(list(requested_country_codes))))
            as requested_country_codes,
        count(*) as queries_count,
        count(*) filter (where is_answered) as complete_queries_count
    from answered
    group by library, covered_date
),

-- A file is taken whole: it speaks for the days from its first ad to its last.
files as (
    select
        ads.library,
        min(ads.started_date) as first_date,
        max(ads.started_date) as last_date
    from staging.ads
    anti join by_day
        on ads.library = by_day.library
    group by ads.library
),

spans as (
    select
        library,
        min(covered_date) as first_date,
        max(covered_date) as last_date,
        false as is_file
    from by_day
    group by library
    union all
    select
        library,
        first_date,
        last_date,
        true as is_file
    from files
    where first_date is not null
),

days as (
    select
        library,
        is_file,
        cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date)
            as covered_date
    from spans
),

returned as (
    select
        library,
        started_date as covered_date,
        count(*) as ads_count
    from staging.ads
    group by library, started_date
)

select
    days.library,
    days.covered_date,
    case
        when days.is_file then 'file'
        when by_day.covered_date is null then 'not asked for'
        when by_day.complete_queries_count = by_day.queries_count then 'complete'
        when by_day.complete_queries_count > 0 then 'in part'
        else 'not complete'
    end as coverage_status,
    coalesce(by_day.requested_country_codes, []) as requested_country_codes,
    coalesce(by_day.queries_count, 0) as queries_count,
    coalesce(by_day.complete_queries_count, 0) as complete_queries_count,
    coalesce(returned.ads_count, 0) as ads_count,
    coverage_status in ('complete', 'file') as is_covered
from days
left join by_day
    on days.library = by_day.library and days.covered_date = by_day.covered_date
left join returned
    on days.library = returned.library and days.covered_date = returned.covered_date
