-- staging.ad_versions: every distinct state in which a library showed an ad.
-- Grain: one row per ad_id, version_hash.
-- Reads: ads/*/*.parquet.
-- Caveat: a version is what the library said; numbers are revised without notice.

-- Keys are ranked first and whole rows fetched then: to sort these takes far longer.
with versions as (
    select
        ad_id,
        version_hash,
        filename,
        file_row_number,
        min(collected_at) over version at time zone 'UTC' as first_collected_at,
        max(collected_at) over version at time zone 'UTC' as last_collected_at
    from
        read_parquet(
            'ads/*/*.parquet',
            union_by_name = true,
            filename = true,
            file_row_number = true
        )
    window version as (partition by ad_id, version_hash)
    qualify row_number() over (
        partition by ad_id, version_hash
        order by collected_at, run_id, query_id
    ) = 1
),

ranked as (
    select
        filename,
        file_row_number,
        first_collected_at,
        last_collected_at,
        min(first_collected_at) over (partition by ad_id) as ad_first_collected_at,
        row_number() over (
            partition by ad_id
            order by
                last_collected_at desc, first_collected_at desc, version_hash asc
        ) = 1 as is_newest
    from versions
)

select
    shown.ad_id,
    shown.version_hash,
    shown.page_sha256,
    shown.library,
    shown.advertiser_id,
    shown.advertiser_name,
    shown.funder,
    shown.body_texts,
    shown.title_texts,
    shown.description_texts,
    shown.caption_texts,
    shown.declared_language_codes,
    shown.platforms,
    shown.status,
    shown.delivery_countries,
    shown.delivery_regions,
    shown.delivery_demographics,
    shown.targeting,
    shown.currency_code,
    shown.landing_domain,
    shown.ad_format,
    shown.creative_urls,
    shown.library_url,
    shown.reach_min,
    shown.reach_max,
    shown.reach_disclosure,
    shown.impressions_min,
    shown.impressions_max,
    shown.impressions_disclosure,
    shown.audience_size_min,
    shown.audience_size_max,
    shown.audience_size_disclosure,
    shown.spend_min,
    shown.spend_max,
    shown.spend_disclosure,
    ranked.is_newest,
    shown.started_date,
    shown.stopped_date,
    ranked.ad_first_collected_at,
    ranked.first_collected_at,
    ranked.last_collected_at
from
    read_parquet(
        'ads/*/*.parquet', union_by_name = true, filename = true, file_row_number = true
    ) as shown
inner join ranked
    on
        shown.filename = ranked.filename
        and shown.file_row_number = ranked.file_row_number
-- Equal texts side by side pack into a third less of the file. Twelve letters put them
-- there, and are sorted sooner than whole texts.
order by left(shown.body_texts[1], 12)
