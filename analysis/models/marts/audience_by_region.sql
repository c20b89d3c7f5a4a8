-- marts.audience_by_region: where in Azerbaijan ads were shown, flagged ones and all.
-- Grain: one row per region_code.
-- Reads: hits.region_deliveries, marts.flagged_ads, staging.ads,
-- staging.audience_places.
-- Caveat: impressions are the ad's band times the region's share; open bands have no
-- upper bound, so a maximum is null where any is open or undisclosed.
with regions as (
    select
        region_code,
        arg_min(
            place_name, (language_code != 'az', length(place_name), place_name)
        ) as region_name
    from staging.audience_places
    where is_region_name
    group by region_code
),

shown as (
    select
        region_deliveries.region_code,
        region_deliveries.ad_id,
        region_deliveries.delivery_share,
        ads.impressions_min,
        ads.impressions_max,
        flagged_ads.ad_id is not null as is_flagged
    from hits.region_deliveries
    inner join staging.ads
        on region_deliveries.ad_id = ads.ad_id
    left join marts.flagged_ads
        on region_deliveries.ad_id = flagged_ads.ad_id
)

select
    regions.region_code,
    regions.region_name,
    count(shown.ad_id) as ads_count,
    count(*) filter (where shown.is_flagged) as flagged_ads_count,
    round(sum(shown.impressions_min * shown.delivery_share), 3)
        as region_impressions_min,
    if(
        count(shown.ad_id) = count(shown.impressions_max),
        round(sum(shown.impressions_max * shown.delivery_share), 3), null
    ) as region_impressions_max,
    round(
        sum(shown.impressions_min * shown.delivery_share)
        filter (where shown.is_flagged),
        3
    ) as flagged_impressions_min,
    case
        when
            count(*) filter (where shown.is_flagged)
            = count(shown.impressions_max) filter (where shown.is_flagged)
            then round(
                sum(shown.impressions_max * shown.delivery_share)
                filter (where shown.is_flagged),
                3
            )
    end as flagged_impressions_max
from regions
left join shown
    on regions.region_code = shown.region_code
group by regions.region_code, regions.region_name
