-- Question: Where within the library were flagged ads shown?
-- Answer: one row per library and platform.
-- Caveat: an ad shown on two platforms counts for both.
with placed as (
    select
        ads.library,
        ads.ad_id,
        unnest(ads.platforms) as platform
    from staging.ads
    inner join marts.flagged_ads
        on ads.ad_id = flagged_ads.ad_id
)

select
    library,
    platform,
    count(distinct ad_id) as flagged_ads_count
from placed
group by library, platform
order by flagged_ads_count desc, library asc, platform asc
