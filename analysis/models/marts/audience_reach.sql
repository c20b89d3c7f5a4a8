-- marts.audience_reach: ads and impressions by week, audience level and language.
-- Grain: one row per week_start_date, audience_level, language_code.
-- Reads: flags.ad_audiences, marts.examined_ads, staging.ads, text.text_languages.
-- Caveat: impressions are of ads that disclose them; an open band has no upper bound,
-- so bounds that rest on one are null; language und is not determined.
with placed as (
    select
        cast(date_trunc('week', ads.started_date) as date) as week_start_date,
        ad_audiences.audience_level,
        coalesce(text_languages.language_code, 'und') as language_code,
        ads.impressions_min,
        ads.impressions_max,
        ads.impressions_disclosure != 'not_disclosed' as is_disclosed,
        examined_ads.text_verdict = 'threat' as is_flagged
    from staging.ads
    inner join flags.ad_audiences
        on ads.ad_id = ad_audiences.ad_id
    inner join marts.examined_ads
        on ads.ad_id = examined_ads.ad_id
    left join text.text_languages
        on examined_ads.text_hash = text_languages.text_hash
    where ads.started_date is not null
),

summed as (
    select
        week_start_date,
        audience_level,
        language_code,
        count(*) as ads_count,
        count(*) filter (where is_flagged) as flagged_ads_count,
        count(*) filter (where is_disclosed) as disclosed_ads_count,
        cast(sum(impressions_min) as bigint) as impressions_min,
        if(
            count(impressions_max) = count(*) filter (where is_disclosed),
            cast(sum(impressions_max) as bigint), null
        ) as impressions_max
    from placed
    group by week_start_date, audience_level, language_code
),

others as (
    select
        *,
        sum(impressions_min) over week - coalesce(impressions_min, 0) as others_min,
        -- Open as soon as one of the others is.
        if(
            count(impressions_min) over week - count(impressions_max) over week
            = if(impressions_min is not null and impressions_max is null, 1, 0),
            coalesce(sum(impressions_max) over week, 0) - coalesce(impressions_max, 0),
            null
        ) as others_max
    from summed
    window week as (partition by week_start_date)
)

select
    week_start_date,
    audience_level,
    language_code,
    ads_count,
    flagged_ads_count,
    disclosed_ads_count,
    impressions_min,
    impressions_max,
    round(impressions_min / nullif(impressions_min + others_max, 0), 4)
        as impressions_share_min,
    round(impressions_max / nullif(impressions_max + others_min, 0), 4)
        as impressions_share_max
from others
