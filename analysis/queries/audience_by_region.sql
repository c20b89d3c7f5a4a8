-- Question: Who was reached: in which regions of Azerbaijan were ads, and flagged ads,
-- shown?
-- Answer: one row per region with delivery, most flagged ads first.
-- Caveat: delivery is not targeting; a maximum is null where any ad's band is open.
select
    region_code,
    region_name,
    ads_count,
    flagged_ads_count,
    region_impressions_min,
    region_impressions_max,
    flagged_impressions_min,
    flagged_impressions_max
from marts.audience_by_region
where ads_count > 0
order by flagged_ads_count desc, region_code asc;
