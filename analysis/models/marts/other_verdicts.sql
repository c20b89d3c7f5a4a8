-- marts.other_verdicts: ads that use a threat's words without being flagged as one.
-- Grain: one row per ad_id.
-- Reads: flags.reviewed_flags, staging.ad_versions, staging.ads, text.ad_texts,
-- text.text_languages, text.texts.
-- Caveat: coverage, counter-speech, the other direction, unclear, or flags that people
-- took back or differ on; never threats.
with worded as (
    select
        ad_versions.ad_id,
        ad_texts.text_hash,
        reviewed_flags.text_verdict,
        bool_or(reviewed_flags.is_threat) over (
            partition by ad_versions.ad_id
        ) as is_flagged_elsewhere,
        ad_versions.last_collected_at,
        ad_versions.version_hash
    from staging.ad_versions
    inner join text.ad_texts
        on
            ad_versions.ad_id = ad_texts.ad_id
            and ad_versions.version_hash = ad_texts.version_hash
    inner join flags.reviewed_flags
        on ad_texts.text_hash = reviewed_flags.text_hash
),

newest as (
    select
        ad_id,
        text_hash,
        text_verdict
    from worded
    where not is_flagged_elsewhere
    qualify row_number() over (
        partition by ad_id
        order by last_collected_at desc, version_hash asc
    ) = 1
)

select
    ads.ad_id,
    newest.text_hash,
    ads.library,
    ads.library_url,
    ads.advertiser_name,
    ads.funder,
    text_languages.language_code,
    newest.text_verdict,
    texts.wording,
    reviewed_flags.quote,
    reviewed_flags.codes,
    reviewed_flags.rule_ids,
    reviewed_flags.voice,
    reviewed_flags.coders_count,
    reviewed_flags.is_reviewed,
    ads.started_date,
    reviewed_flags.reviewed_at
from newest
inner join staging.ads
    on newest.ad_id = ads.ad_id
inner join flags.reviewed_flags
    on newest.text_hash = reviewed_flags.text_hash
inner join text.texts
    on newest.text_hash = texts.text_hash
left join text.text_languages
    on newest.text_hash = text_languages.text_hash
