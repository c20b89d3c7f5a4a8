-- staging.ads: the newest version of every ad, all libraries.
-- Grain: one row per ad_id.
-- Reads: staging.ad_versions.
-- View: its rows stand in staging.ad_versions, and need not stand in the file twice.
-- Caveat: earlier wording and numbers are in staging.ad_versions.
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
    ad_first_collected_at as first_collected_at,
    last_collected_at
from staging.ad_versions
where is_newest
