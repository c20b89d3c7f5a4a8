-- marts.advertiser_spend: what each advertiser's ads cost, per currency.
-- Grain: one row per advertiser_id, currency_code.
-- Reads: marts.flagged_ads, staging.ads.
-- Caveat: sums of the library's own bands; spend_max is null where any band is open or
-- undisclosed, and spend_min where none is told. Never add currencies.
select
    ads.advertiser_id,
    coalesce(ads.currency_code, 'unknown') as currency_code,
    count(*) as ads_count,
    count(flagged_ads.ad_id) as flagged_ads_count,
    count(*) filter (where ads.spend_disclosure = 'open_range') as open_ads_count,
    count(*) filter (where ads.spend_disclosure = 'not_disclosed')
        as undisclosed_ads_count,
    sum(ads.spend_min) as spend_min,
    if(count(*) = count(ads.spend_max), sum(ads.spend_max), null) as spend_max,
    sum(flagged_ads.spend_min) as flagged_spend_min,
    if(
        count(flagged_ads.ad_id) = count(flagged_ads.spend_max),
        sum(flagged_ads.spend_max),
        null
    ) as flagged_spend_max
from staging.ads
left join marts.flagged_ads
    on ads.ad_id = flagged_ads.ad_id
where ads.advertiser_id is not null
group by all
