-- staging.ad_versions: every distinct state in which a library showed an ad.
-- Grain: one row per ad_id, version_hash.
-- Reads: ads/*/*.parquet.
-- Caveat: a version is what the library said; numbers are revised without notice.
select
    ad_id,
    version_hash,
    page_sha256,
    library,
    advertiser_id,
    advertiser_name,
    funder,
    body_texts,
    title_texts,
    description_texts,
    caption_texts,
    declared_language_codes,
    platforms,
    status,
    delivery_countries,
    delivery_regions,
    delivery_demographics,
    targeting,
    currency_code,
    landing_domain,
    ad_format,
    creative_urls,
    library_url,
    reach_min,
    reach_max,
    reach_disclosure,
    impressions_min,
    impressions_max,
    impressions_disclosure,
    audience_size_min,
    audience_size_max,
    audience_size_disclosure,
    spend_min,
    spend_max,
    spend_disclosure,
    started_date,
    stopped_date,
    min(collected_at) over version at time zone 'UTC' as first_collected_at,
    max(collected_at) over version at time zone 'UTC' as last_collected_at
from read_parquet('ads/*/*.parquet', union_by_name = true)
window version as (partition by ad_id, version_hash)
qualify row_number() over (
    partition by ad_id, version_hash
    order by collected_at, run_id, query_id
) = 1
