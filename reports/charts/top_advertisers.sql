-- The advertisers with most flagged ads, and what those cost.
-- Grain: one row per library, advertiser_id and currency_code.
-- Reads: marts.advertisers, marts.flagged_ads.
-- Caveat: spend is a range per currency, spend_max null where any ad has no upper
-- bound; the newest name of an advertiser stands for all.
with flagged as (
    select
        library,
        advertiser_id,
        max_by(advertiser_name, (started_date, ad_id)) as advertiser_name,
        count(*) as flagged_ads_count
    from marts.flagged_ads
    group by all
    order by
        flagged_ads_count desc,
        library asc,
        advertiser_id asc
    limit 12
),

spends as (
    select
        library,
        advertiser_id,
        currency_code,
        sum(spend_min) as spend_min,
        if(count(*) = count(spend_max), sum(spend_max), null) as spend_max
    from marts.flagged_ads
    group by all
)

select
    flagged.library,
    flagged.advertiser_id,
    flagged.advertiser_name,
    flagged.flagged_ads_count,
    coalesce(advertisers.ads_count, 0) as advertiser_ads_count,
    spends.currency_code,
    spends.spend_min,
    spends.spend_max
from flagged
left join marts.advertisers
    on flagged.advertiser_id = advertisers.advertiser_id
left join spends
    on
        flagged.library = spends.library
        and flagged.advertiser_id = spends.advertiser_id
order by
    flagged.flagged_ads_count desc,
    flagged.library asc,
    flagged.advertiser_id asc,
    spends.currency_code asc nulls last
