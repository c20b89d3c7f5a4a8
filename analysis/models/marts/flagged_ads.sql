-- marts.flagged_ads: every ad flagged as a threat, with what it takes to judge it.
-- Grain: one row per ad_id.
-- Reads: flags.ad_audiences, flags.evidence_words, flags.flag_examples,
-- flags.reviewed_flags,
-- staging.ad_versions, staging.ads, text.ad_texts, text.text_languages, text.texts.
-- Caveat: flagged by a program until is_reviewed; spend bands never add up over
-- currencies; a range whose upper bound is null is open, not zero.
with worded as (
    select
        ad_texts.ad_id,
        ad_texts.version_hash,
        ad_texts.text_hash
    from text.ad_texts
    semi join flags.reviewed_flags
        on ad_texts.text_hash = reviewed_flags.text_hash and reviewed_flags.is_threat
),

-- An ad that once showed a flagged wording stays flagged after it was edited.
flagged as (
    select
        worded.ad_id,
        worded.version_hash,
        ad_versions.page_sha256,
        worded.text_hash
    from worded
    inner join staging.ad_versions
        on
            worded.ad_id = ad_versions.ad_id
            and worded.version_hash = ad_versions.version_hash
    qualify row_number() over (
        partition by worded.ad_id
        order by ad_versions.last_collected_at desc, worded.version_hash asc
    ) = 1
),

evidence as (
    select
        text_hash,
        list(shown_word order by position) as quote_words
    from flags.evidence_words
    group by text_hash
),

examples as (
    select
        text_hash,
        list(label_id order by example_rank) as example_label_ids
    from flags.flag_examples
    group by text_hash
)

select
    ads.ad_id,
    flagged.text_hash,
    flagged.version_hash,
    flagged.page_sha256,
    ads.library,
    ads.library_url,
    ads.advertiser_id,
    ads.advertiser_name,
    ads.funder,
    text_languages.language_code,
    texts.wording,
    reviewed_flags.quote,
    reviewed_flags.translation,
    coalesce(evidence.quote_words, []) as quote_words,
    reviewed_flags.flagged_by,
    reviewed_flags.threat_score,
    coalesce(examples.example_label_ids, []) as example_label_ids,
    reviewed_flags.rule_ids,
    reviewed_flags.codes,
    reviewed_flags.term_ids,
    reviewed_flags.severity,
    ad_audiences.audience_level,
    ad_audiences.audience_locus,
    ad_audiences.audience_evidence,
    case
        when ad_audiences.audience_level >= 2
            then if(ad_audiences.is_mainly_elsewhere, 'both', 'intimidation')
        when ad_audiences.is_mainly_elsewhere then 'incitement'
        else 'unknown'
    end as configuration,
    ads.currency_code,
    ads.spend_min,
    ads.spend_max,
    ads.spend_disclosure,
    ads.impressions_min,
    ads.impressions_max,
    ads.impressions_disclosure,
    reviewed_flags.coders_count,
    reviewed_flags.is_high,
    reviewed_flags.is_reviewed,
    ads.started_date,
    ads.stopped_date,
    ads.last_collected_at,
    reviewed_flags.reviewed_at
from flagged
inner join staging.ads
    on flagged.ad_id = ads.ad_id
inner join flags.reviewed_flags
    on flagged.text_hash = reviewed_flags.text_hash
inner join text.texts
    on flagged.text_hash = texts.text_hash
left join examples
    on flagged.text_hash = examples.text_hash
left join evidence
    on flagged.text_hash = evidence.text_hash
inner join flags.ad_audiences
    on flagged.ad_id = ad_audiences.ad_id
left join text.text_languages
    on flagged.text_hash = text_languages.text_hash
