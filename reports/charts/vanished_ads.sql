-- Ads that their library no longer shows, by the week in which they started.
-- Grain: one row per week_start_date and is_flagged.
-- Reads: marts.flagged_ads, marts.vanished_ads.
-- Caveat: gone from the library's answers; why is not known.
select
    flagged_ads.ad_id is not null as is_flagged,
    count(*) as ads_count,
    cast(date_trunc('week', vanished_ads.started_date) as date) as week_start_date
from marts.vanished_ads
left join marts.flagged_ads
    on vanished_ads.ad_id = flagged_ads.ad_id
where
    vanished_ads.started_date is not null
    and not vanished_ads.is_shown_elsewhere
group by all
order by
    week_start_date,
    is_flagged
