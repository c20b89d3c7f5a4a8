-- marts.advertisers: every advertiser with its names, its ads and what they amount to.
-- Grain: one row per advertiser_id.
-- Reads: flags.ad_audiences, marts.examined_ads, staging.ad_versions, staging.ads,
-- text.text_languages.
-- Caveat: as the library shows it; one person may have many pages and one page many
-- owners. Reports of threats and threats by Azerbaijan are counted apart, not as flags.
with names_seen as (
    select
        advertiser_id,
        advertiser_name,
        min(first_collected_at) as first_collected_at,
        max(last_collected_at) as last_collected_at
    from staging.ad_versions
    where advertiser_name is not null
    group by advertiser_id, advertiser_name
),

names as (
    select
        advertiser_id,
        arg_max(advertiser_name, (last_collected_at, advertiser_name))
            as advertiser_name,
        list(
            struct_pack(advertiser_name, first_collected_at, last_collected_at)
            order by first_collected_at, advertiser_name
        ) as advertiser_names
    from names_seen
    group by advertiser_id
),

funders as (
    select
        advertiser_id,
        list(distinct funder order by funder) as funders
    from staging.ad_versions
    where funder is not null
    group by advertiser_id
),

-- Libraries that never say who paid cannot be said to leave it out.
naming_libraries as (
    select distinct library
    from staging.ad_versions
    where funder is not null
),

languages as (
    select
        examined_ads.advertiser_id,
        text_languages.language_code,
        count(*) as ads_count
    from marts.examined_ads
    inner join text.text_languages
        on examined_ads.text_hash = text_languages.text_hash
    group by examined_ads.advertiser_id, text_languages.language_code
),

language_lists as (
    select
        advertiser_id,
        list(
            struct_pack(language_code, ads_count)
            order by ads_count desc, language_code asc
        ) as language_counts
    from languages
    group by advertiser_id
),

levels as (
    select
        examined_ads.advertiser_id,
        ad_audiences.audience_level,
        count(*) as ads_count
    from marts.examined_ads
    inner join flags.ad_audiences
        on examined_ads.ad_id = ad_audiences.ad_id
    group by examined_ads.advertiser_id, ad_audiences.audience_level
),

level_lists as (
    select
        advertiser_id,
        list(
            struct_pack(audience_level, ads_count) order by audience_level desc
        ) as audience_level_counts
    from levels
    group by advertiser_id
),

unfunded as (
    select
        ads.advertiser_id,
        count(*) filter (where ads.funder is null) as unfunded_ads_count
    from staging.ads
    semi join naming_libraries
        on ads.library = naming_libraries.library
    group by ads.advertiser_id
),

counted as (
    select
        advertiser_id,
        library,
        count(*) as ads_count,
        count(*) filter (where text_verdict = 'threat') as flagged_ads_count,
        count(*) filter (where text_verdict = 'reported') as reported_ads_count,
        count(*) filter (where text_verdict = 'by_az') as by_az_ads_count,
        count(*) filter (where text_verdict = 'challenge') as challenge_ads_count,
        count(*) filter (where text_verdict = 'review') as review_ads_count,
        min(started_date) as first_started_date,
        max(started_date) as last_started_date
    from marts.examined_ads
    where advertiser_id is not null
    group by advertiser_id, library
)

select
    counted.advertiser_id,
    counted.library,
    names.advertiser_name,
    coalesce(names.advertiser_names, []) as advertiser_names,
    coalesce(funders.funders, []) as funders,
    coalesce(language_lists.language_counts, []) as language_counts,
    coalesce(level_lists.audience_level_counts, []) as audience_level_counts,
    counted.ads_count,
    counted.flagged_ads_count,
    counted.reported_ads_count,
    counted.by_az_ads_count,
    counted.challenge_ads_count,
    counted.review_ads_count,
    unfunded.unfunded_ads_count,
    coalesce(len(names.advertiser_names), 0) as names_count,
    counted.first_started_date,
    counted.last_started_date
from counted
left join names
    on counted.advertiser_id = names.advertiser_id
left join funders
    on counted.advertiser_id = funders.advertiser_id
left join language_lists
    on counted.advertiser_id = language_lists.advertiser_id
left join level_lists
    on counted.advertiser_id = level_lists.advertiser_id
left join unfunded
    on counted.advertiser_id = unfunded.advertiser_id
