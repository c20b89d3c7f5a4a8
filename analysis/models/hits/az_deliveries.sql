-- hits.az_deliveries: what share of each ad's delivery the library puts in Azerbaijan.
-- Grain: one row per ad_id.
-- Reads: hits.region_deliveries, staging.ad_sightings, staging.ads.
-- Caveat: az_share is null where only the country filter says that the ad was shown.
with by_region as (
    select
        ad_id,
        round(sum(delivery_share), 6) as az_share
    from hits.region_deliveries
    group by ad_id
),

by_country as (
    select
        ad_id,
        unnest(delivery_countries) as country
    from staging.ads
),

country_shares as (
    select
        by_country.ad_id,
        round(
            sum(country.reach_count) filter (where country.country_code = 'AZ')
            / nullif(sum(country.reach_count), 0),
            6
        ) as az_share
    from by_country
    group by by_country.ad_id
),

filtered as (
    select distinct ad_id
    from staging.ad_sightings
    where list_contains(requested_country_codes, 'AZ')
)

select
    ads.ad_id,
    case
        when ads.delivery_regions is not null then coalesce(by_region.az_share, 0)
        else country_shares.az_share
    end as az_share,
    filtered.ad_id is not null as is_in_az_filter,
    ads.delivery_regions is not null
    or ads.delivery_countries is not null as has_delivery
from staging.ads
left join by_region
    on ads.ad_id = by_region.ad_id
left join country_shares
    on ads.ad_id = country_shares.ad_id
left join filtered
    on ads.ad_id = filtered.ad_id
