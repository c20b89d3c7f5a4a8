-- hits.foreign_deliveries: where outside Azerbaijan an ad was mostly shown.
-- Grain: one row per ad_id.
-- Reads: staging.ad_sightings, staging.ads, staging.audience_places,
-- staging.neighbour_regions.
-- Caveat: without a delivery breakdown, the country whose list held the ad.
with regions as (
    select
        ad_id,
        unnest(delivery_regions) as region
    from staging.ads
),

countries as (
    select
        ad_id,
        unnest(delivery_countries) as country
    from staging.ads
),

-- Ads whose delivery the library does not tell.
untold as (
    select ad_id
    from staging.ads
    where delivery_regions is null and delivery_countries is null
),

asked as (
    select
        ad_sightings.ad_id,
        unnest(ad_sightings.requested_country_codes) as country_code
    from staging.ad_sightings
    inner join untold
        on ad_sightings.ad_id = untold.ad_id
),

az_regions as (
    select lower(place_name) as region_name
    from staging.audience_places
    where is_delivery_name
),

shown as (
    select
        regions.ad_id,
        neighbour_regions.audience_locus,
        regions.region.delivery_share
    from regions
    left join staging.neighbour_regions
        on regions.region.region_name = neighbour_regions.region_name
    where
        regions.region.region_name != 'Unknown'
        and lower(regions.region.region_name) not in (
            select az_regions.region_name from az_regions
        )
    union all by name
    select
        countries.ad_id,
        neighbour_regions.audience_locus,
        coalesce(countries.country.delivery_share, countries.country.reach_count, 1)
            as delivery_share
    from countries
    left join staging.neighbour_regions
        on countries.country.country_code = neighbour_regions.region_name
    where countries.country.country_code != 'AZ'
    union all by name
    select
        asked.ad_id,
        neighbour_regions.audience_locus,
        0 as delivery_share
    from asked
    left join staging.neighbour_regions
        on asked.country_code = neighbour_regions.region_name
    where asked.country_code != 'AZ'
),

summed as (
    select
        ad_id,
        coalesce(audience_locus, 'diaspora_EU_other') as audience_locus,
        sum(delivery_share) as delivery_share
    from shown
    group by all
)

select
    ad_id,
    arg_max(audience_locus, (delivery_share, audience_locus)) as audience_locus
from summed
group by ad_id
