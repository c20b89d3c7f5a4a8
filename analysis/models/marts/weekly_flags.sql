-- marts.weekly_flags: flagged ads by the week they started and by code.
-- Grain: one row per week_start_date, code.
-- Reads: marts.flagged_ads.
-- Caveat: an ad with two codes counts once under each; weeks begin on Monday.
with coded as (
    select
        ad_id,
        started_date,
        unnest(codes) as code
    from marts.flagged_ads
    where started_date is not null
)

select
    cast(date_trunc('week', started_date) as date) as week_start_date,
    code,
    count(distinct ad_id) as flagged_ads_count
from coded
group by all
