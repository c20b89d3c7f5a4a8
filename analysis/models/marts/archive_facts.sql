-- marts.archive_facts: what this database holds, in one row.
-- Grain: one row.
-- Reads: hits.text_scores, marts.flagged_ads, marts.other_verdicts,
-- staging.ad_sightings, staging.ad_versions, staging.ads, staging.archives,
-- staging.input_files, staging.lexicon_terms, staging.review_decisions, staging.rules,
-- staging.semantic_model, text.texts.
-- Caveat: database_version changes with every ad, term, rule, query or review, and only
-- then.
with inputs as (
    select string_agg(input_file || input_sha256, '' order by input_file) as seed
    from staging.input_files
),

sightings as (
    select
        cast(bit_xor(md5_number(
            ad_id || version_hash || run_id || query_id
        )) as varchar) as seed
    from staging.ad_sightings
),

reviews as (
    select
        coalesce(
            cast(bit_xor(md5_number(
                decision_id || text_hash || decision || is_withdrawn
            )) as varchar),
            ''
        ) as seed
    from staging.review_decisions
),

verdicts as (
    select
        count(*) filter (where text_verdict = 'reported') as reported_ads_count,
        count(*) filter (where text_verdict = 'by_az') as by_az_ads_count,
        count(*) filter (where text_verdict = 'challenge') as challenge_ads_count,
        count(*) filter (where text_verdict = 'review') as review_ads_count,
        count(*) filter (where text_verdict = 'contested') as contested_ads_count,
        count(*) filter (where text_verdict = 'reviewed_no') as reviewed_no_ads_count
    from marts.other_verdicts
),

flagged as (
    select
        count(*) as flagged_ads_count,
        count(distinct text_hash) as flagged_texts_count
    from marts.flagged_ads
),

collected as (
    select
        count(*) as ads_count,
        count(distinct advertiser_id) as advertisers_count,
        list_sort(list_distinct(list(library))) as libraries,
        min(started_date) as first_started_date,
        max(started_date) as last_started_date,
        min(first_collected_at) as first_collected_at,
        max(last_collected_at) as last_collected_at
    from staging.ads
)

select
    left(sha256(inputs.seed || sightings.seed || reviews.seed), 12) as database_version,
    archives.archive,
    collected.libraries,
    '0.1' as codebook_version,
    collected.ads_count,
    (select count(*) from staging.ad_versions) as ad_versions_count,
    (select count(*) from text.texts) as texts_count,
    (select count(*) from hits.text_scores) as scored_texts_count,
    collected.advertisers_count,
    flagged.flagged_ads_count,
    flagged.flagged_texts_count,
    verdicts.reported_ads_count,
    verdicts.by_az_ads_count,
    verdicts.challenge_ads_count,
    verdicts.review_ads_count,
    verdicts.contested_ads_count,
    verdicts.reviewed_no_ads_count,
    (select count(*) from staging.lexicon_terms) as lexicon_terms_count,
    (select count(*) from staging.rules) as rules_count,
    semantic_model.labels_count,
    semantic_model.model_version,
    semantic_model.labels_version,
    semantic_model.threat_threshold,
    semantic_model.review_threshold,
    archives.is_invented,
    collected.first_started_date,
    collected.last_started_date,
    collected.first_collected_at,
    collected.last_collected_at
from inputs, sightings, reviews, verdicts, flagged, collected, staging.archives,
    staging.semantic_model
