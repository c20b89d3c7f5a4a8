-- marts.cluster_spend: what the ads of each cluster cost, per currency.
-- Grain: one row per cluster_id, currency_code.
-- Reads: marts.cluster_members, staging.ads.
-- Caveat: currencies never add up; spend_max is null where any band is open or
-- undisclosed; an ad with several texts of one cluster counts once.
with cluster_ads as (
    select distinct
        cluster_id,
        ad_id
    from marts.cluster_members
)

select
    cluster_ads.cluster_id,
    coalesce(ads.currency_code, 'unknown') as currency_code,
    count(*) as ads_count,
    count(*) filter (where ads.spend_disclosure = 'open_range') as open_ads_count,
    count(*) filter (where ads.spend_disclosure = 'not_disclosed')
        as undisclosed_ads_count,
    sum(ads.spend_min) as spend_min,
    if(count(*) = count(ads.spend_max), sum(ads.spend_max), null) as spend_max
from cluster_ads
inner join staging.ads
    on cluster_ads.ad_id = ads.ad_id
group by all
