-- Ads that the libraries say were delivered in a region of Azerbaijan.
-- Grain: one row per region_code.
-- Reads: marts.ad_regions, marts.flagged_ads.
-- Caveat: a region without a row has no delivery data; that is not zero.
-- flagged_impressions_max is null where any flagged ad has no upper bound.
with shown as (
    select
        ad_regions.region_code,
        ad_regions.region_name,
        ad_regions.region_impressions_min,
        ad_regions.region_impressions_max,
        flagged_ads.ad_id is not null as is_flagged
    from marts.ad_regions
    left join marts.flagged_ads
        on ad_regions.ad_id = flagged_ads.ad_id
)

select
    region_code,
    region_name,
    count(*) as ads_count,
    count(*) filter (where is_flagged) as flagged_ads_count,
    round(sum(region_impressions_min) filter (where is_flagged))
        as flagged_impressions_min,
    if(
        count(*) filter (where is_flagged)
        = count(region_impressions_max) filter (where is_flagged),
        round(sum(region_impressions_max) filter (where is_flagged)),
        null
    ) as flagged_impressions_max
from shown
group by
    region_code,
    region_name
order by region_code
