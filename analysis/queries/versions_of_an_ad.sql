-- Question: How did one ad change? (Change the id; this is the ad with most versions.)
-- Answer: one row per version, the oldest first.
-- Caveat: a version is what the library said; numbers are revised without notice.
with chosen as (
    select ad_id
    from staging.ad_versions
    group by ad_id
    order by count(*) desc, ad_id asc
    limit 1
)

select
    ad_versions.ad_id,
    ad_versions.version_hash,
    ad_versions.advertiser_name,
    ad_versions.funder,
    band(
        ad_versions.spend_min, ad_versions.spend_max, ad_versions.currency_code
    ) as spend,
    band(
        ad_versions.impressions_min, ad_versions.impressions_max, 'impressions'
    ) as impressions,
    array_to_string(ad_versions.body_texts, ' ‖ ') as wording,
    ad_versions.first_collected_at,
    ad_versions.last_collected_at
from staging.ad_versions
inner join chosen
    on ad_versions.ad_id = chosen.ad_id
order by ad_versions.first_collected_at asc, ad_versions.version_hash asc
