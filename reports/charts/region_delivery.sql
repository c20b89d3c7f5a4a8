-- Ads that the libraries say were delivered in a region of Azerbaijan.
-- Grain: one row per region_code.
-- Reads: marts.audience_by_region.
-- Caveat: a region without a row or ads has no delivery data; that is not zero.
select
    region_code,
    region_name,
    ads_count,
    flagged_ads_count,
    flagged_impressions_min,
    flagged_impressions_max
from marts.audience_by_region
where ads_count > 0
order by region_code
