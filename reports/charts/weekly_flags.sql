-- Flagged ads by the week in which they started, for every week of the period.
-- Grain: one row per week_start_date and code.
-- Reads: marts.archive_facts, marts.weekly_flags.
-- Caveat: an ad with two codes is counted with both, so codes do not add up to ads.
with weeks as (
    select
        cast(unnest(generate_series(
            date_trunc('week', first_started_date),
            date_trunc('week', last_started_date),
            interval 7 days
        )) as date) as week_start_date
    from marts.archive_facts
),

codes as (
    select distinct code
    from marts.weekly_flags
)

select
    codes.code,
    coalesce(weekly_flags.flagged_ads_count, 0) as flagged_ads_count,
    weeks.week_start_date
from weeks
cross join codes
left join marts.weekly_flags as weekly_flags
    using (week_start_date, code)
order by
    codes.code,
    weeks.week_start_date
