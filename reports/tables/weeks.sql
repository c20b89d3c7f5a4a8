-- Flagged ads of each week of the period, quiet weeks too.
-- Grain: one row per week_start_date.
-- Reads: marts.examined_ads, marts.flagged_ads.
-- Caveat: weeks run from Monday to Sunday; the first and the last may be cut.
with weeks as (
    select
        cast(unnest(generate_series(
            date_trunc('week', min(started_date)),
            date_trunc('week', max(started_date)),
            interval 7 days
        )) as date) as week_start_date
    from marts.examined_ads
)

select
    weeks.week_start_date,
    count(flagged_ads.ad_id) as flagged_ads_count
from weeks
left join marts.flagged_ads as flagged_ads
    on
        weeks.week_start_date
        = cast(date_trunc('week', flagged_ads.started_date) as date)
group by weeks.week_start_date
order by weeks.week_start_date
