-- hits.az_deliveries: what share of each ad's delivery the library puts in Azerbaijan.
-- Grain: one row per ad_id.
-- Reads: hits.region_deliveries, staging.ad_sightings, staging.ads.
-- Caveat: az_share is null where only the country filter, or a list of countries
-- without numbers, says that the ad was shown.
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
        bool_or(country.country_code = 'AZ') as is_az_named,
        case
            when not is_az_named then 0
            when sum(country.delivery_share) > 0
                then
                    sum(country.delivery_share) filter (
                        where country.country_code = 'AZ'
                    )
            else
                sum(country.reach_count) filter (where country.country_code = 'AZ')
                / nullif(sum(country.reach_count), 0)
        end as az_share
    from by_country
    group by by_country.ad_id
),

filtered as (
    select distinct ad_id
    from staging.ad_sightings
    where list_contains(requested_country_codes, 'AZ')
),

disclosed as (
    select
        ad_id,
        delivery_regions is not null as has_regions,
        -- Country figures of these end at Europe: they cannot show Azerbaijan.
        has_regions
        or (
            delivery_countries is not null
            and library not in ('meta', 'tiktok', 'microsoft')
        ) as has_delivery
    from staging.ads
)

select
    disclosed.ad_id,
    case
        when disclosed.has_regions then coalesce(by_region.az_share, 0)
        when country_shares.is_az_named or disclosed.has_delivery
            then round(country_shares.az_share, 6)
    end as az_share,
    filtered.ad_id is not null
    or coalesce(country_shares.is_az_named, false) as is_in_az_filter,
    disclosed.has_delivery
from disclosed
left join by_region
    on disclosed.ad_id = by_region.ad_id
left join country_shares
    on disclosed.ad_id = country_shares.ad_id
left join filtered
    on disclosed.ad_id = filtered.ad_id
