-- Flagged ads by the week in which they started, for every week of the period.
-- Grain: one row per week_start_date and code.
-- Reads: marts.examined_ads, marts.flagged_ads.
-- Caveat: an ad with two codes is counted with both, so codes do not add up to ads.
with weeks as (
    select
        cast(unnest(generate_series(
            date_trunc('week', min(started_date)),
            date_trunc('week', max(started_date)),
            interval 7 days
        )) as date) as week_start_date
    from marts.examined_ads
),

coded as (
    select
        ad_id,
        cast(date_trunc('week', started_date) as date) as week_start_date,
        unnest(list_distinct(codes)) as code
    from marts.flagged_ads
    where started_date is not null
),

codes as (
    select distinct code
    from coded
)

select
    codes.code,
    count(coded.ad_id) as flagged_ads_count,
    weeks.week_start_date
from weeks
cross join codes
left join coded
    on weeks.week_start_date = coded.week_start_date and codes.code = coded.code
group by codes.code, weeks.week_start_date
order by
    codes.code,
    weeks.week_start_date
