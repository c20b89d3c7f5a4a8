-- marts.advertisers: every advertiser with its names, its ads and what they amount to.
-- Grain: one row per advertiser_id.
-- Reads: flags.ad_audiences, marts.flagged_ads, marts.other_verdicts,
-- staging.ad_versions, staging.ads, text.ad_texts, text.text_languages.
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
        ads.advertiser_id,
        text_languages.language_code,
        count(*) as ads_count
    from staging.ads
    inner join text.ad_texts
        on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
    inner join text.text_languages
        on ad_texts.text_hash = text_languages.text_hash
    group by ads.advertiser_id, text_languages.language_code
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
        ads.advertiser_id,
        ad_audiences.audience_level,
        count(*) as ads_count
    from staging.ads
    inner join flags.ad_audiences
        on ads.ad_id = ad_audiences.ad_id
    group by ads.advertiser_id, ad_audiences.audience_level
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

counted as (
    select
        ads.advertiser_id,
        ads.library,
        count(*) as ads_count,
        count(flagged_ads.ad_id) as flagged_ads_count,
        count(*) filter (where other_verdicts.text_verdict = 'reported')
            as reported_ads_count,
        count(*) filter (where other_verdicts.text_verdict = 'by_az')
            as by_az_ads_count,
        count(*) filter (where other_verdicts.text_verdict = 'challenge')
            as challenge_ads_count,
        count(*) filter (where other_verdicts.text_verdict = 'review')
            as review_ads_count,
        if(
            count(naming_libraries.library) > 0,
            count(*) filter (where ads.funder is null),
            null
        ) as unfunded_ads_count,
        min(ads.started_date) as first_started_date,
        max(ads.started_date) as last_started_date
    from staging.ads
    left join marts.flagged_ads
        on ads.ad_id = flagged_ads.ad_id
    left join marts.other_verdicts
        on ads.ad_id = other_verdicts.ad_id
    left join naming_libraries
        on ads.library = naming_libraries.library
    where ads.advertiser_id is not null
    group by ads.advertiser_id, ads.library
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
    counted.unfunded_ads_count,
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
