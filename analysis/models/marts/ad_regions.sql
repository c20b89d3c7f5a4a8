-- marts.ad_regions: in which regions of Azerbaijan each ad was shown.
-- Grain: one row per ad_id, region_code.
-- Reads: hits.region_deliveries, marts.audience_by_region, staging.ads.
-- Caveat: delivery as the library tells it, no targeting; impressions are the ad's band
-- times the region's share, and an open band has no upper bound.
select
    region_deliveries.ad_id,
    region_deliveries.region_code,
    audience_by_region.region_name,
    ads.impressions_min * region_deliveries.delivery_share as region_impressions_min,
    ads.impressions_max * region_deliveries.delivery_share as region_impressions_max,
    ads.started_date
from hits.region_deliveries
inner join staging.ads
    on region_deliveries.ad_id = ads.ad_id
inner join marts.audience_by_region
    on region_deliveries.region_code = audience_by_region.region_code
