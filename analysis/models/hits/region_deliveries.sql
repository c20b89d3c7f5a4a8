-- hits.region_deliveries: in which regions of Azerbaijan each ad was shown.
-- Grain: one row per ad_id, region_code.
-- Reads: staging.ads, staging.audience_places.
-- Caveat: shown there, not targeted there; only regions whose name we know. AZ is the
-- country without a region.
with places as (
    select distinct
        lower(place_name) as region_name,
        region_code
    from staging.audience_places
    where is_delivery_name
),

deliveries as (
    select
        ad_id,
        unnest(delivery_regions) as region
    from staging.ads
)

select
    deliveries.ad_id,
    places.region_code,
    sum(deliveries.region.delivery_share) as delivery_share
from deliveries
inner join places
    on lower(deliveries.region.region_name) = places.region_name
group by deliveries.ad_id, places.region_code
