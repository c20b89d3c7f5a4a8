-- Question: How many flagged ads were running in each week, whenever they started?
-- Answer: one row per week; weeks begin on Monday.
-- Caveat: an ad without a last day is counted as running to the last collection.
with weeks as (
    select unnest(range(
        date_trunc('week', (select min(started_date) from marts.flagged_ads)),
        (select max(last_collected_at) from marts.flagged_ads),
        interval 7 days
    )) as monday
)

select
    cast(weeks.monday as date) as week_start_date,
    count(flagged_ads.ad_id) as running_ads_count
from weeks
left join marts.flagged_ads
    on
        flagged_ads.started_date < weeks.monday + interval 7 days
        and coalesce(
            flagged_ads.stopped_date, cast(flagged_ads.last_collected_at as date)
        ) >= weeks.monday
group by weeks.monday
order by week_start_date asc
