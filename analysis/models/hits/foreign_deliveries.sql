-- hits.foreign_deliveries: where outside Azerbaijan an ad was mostly shown.
-- Grain: one row per ad_id.
-- Reads: hits.region_deliveries, staging.ad_sightings, staging.ads,
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

asked as (
    select distinct
        ad_id,
        unnest(requested_country_codes) as country_code
    from staging.ad_sightings
),

-- One row a name: an anti join on a list compares every pair of an ad's rows.
az_regions as (
    select
        ad_id,
        unnest(region_names) as region_name
    from hits.region_deliveries
),

shown as (
    select
        regions.ad_id,
        neighbour_regions.audience_locus,
        regions.region.delivery_share
    from regions
    anti join az_regions
        on
            regions.ad_id = az_regions.ad_id
            and regions.region.region_name = az_regions.region_name
    left join staging.neighbour_regions
        on regions.region.region_name = neighbour_regions.region_name
    where regions.region.region_name != 'Unknown'
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
    inner join staging.ads
        on asked.ad_id = ads.ad_id
    left join staging.neighbour_regions
        on asked.country_code = neighbour_regions.region_name
    where
        asked.country_code != 'AZ'
        and ads.delivery_regions is null
        and ads.delivery_countries is null
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
