-- Question: In which weeks did flagged ads start, and how many ads started in all?
-- Answer: one row per week that any ad started in; weeks begin on Monday.
-- Caveat: a rise may be a rise in collecting: see marts.library_coverage.
with started as (
    select
        ads.ad_id,
        cast(date_trunc('week', ads.started_date) as date) as week_start_date,
        flagged_ads.ad_id is not null as is_flagged,
        coalesce(flagged_ads.is_high, false) as is_high
    from staging.ads
    left join marts.flagged_ads
        on ads.ad_id = flagged_ads.ad_id
    where ads.started_date is not null
)

select
    week_start_date,
    count(*) as ads_count,
    count(*) filter (where is_flagged) as flagged_ads_count,
    count(*) filter (where is_high) as high_ads_count
from started
group by week_start_date
order by week_start_date asc
