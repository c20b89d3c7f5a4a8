-- marts.translated_copies: wordings in two languages that seem to say the same.
-- Grain: one row per text_hash, other_text_hash.
-- Reads: flags.reviewed_flags, hits.text_clusters, hits.translated_pairs, staging.ads,
-- text.ad_texts, text.text_languages, text.texts.
-- Caveat: found by likeness of meaning; some are news of the same form on
-- another matter: read both. Same message does not mean same author.
with paired as (
    select text_hash
    from hits.translated_pairs
    union
    select other_text_hash as text_hash
    from hits.translated_pairs
),

copies as (
    select
        text_clusters.text_hash,
        text_clusters.cluster_id,
        text_languages.language_code
    from hits.text_clusters
    inner join text.text_languages
        on text_clusters.text_hash = text_languages.text_hash
),

-- Every wording in the cluster and language of one that has a translation.
alike as (
    select distinct
        copies.text_hash,
        copies.cluster_id,
        copies.language_code
    from paired
    inner join copies as paired_copies
        on paired.text_hash = paired_copies.text_hash
    inner join copies
        on
            paired_copies.cluster_id = copies.cluster_id
            and paired_copies.language_code = copies.language_code
),

shown as (
    select
        alike.cluster_id,
        alike.language_code,
        count(distinct ads.ad_id) as ads_count,
        list_sort(list_distinct(list(ads.advertiser_id))) as advertiser_ids,
        min(ads.started_date) as first_started_date
    from alike
    inner join text.ad_texts
        on alike.text_hash = ad_texts.text_hash
    inner join staging.ads
        on ad_texts.ad_id = ads.ad_id
    group by alike.cluster_id, alike.language_code
),

described as (
    select
        paired.text_hash,
        texts.wording,
        copies.cluster_id,
        copies.language_code,
        shown.ads_count,
        shown.advertiser_ids,
        shown.first_started_date,
        coalesce(reviewed_flags.is_threat, false) as is_threat
    from paired
    inner join text.texts
        on paired.text_hash = texts.text_hash
    inner join copies
        on paired.text_hash = copies.text_hash
    left join shown
        on
            copies.cluster_id = shown.cluster_id
            and copies.language_code = shown.language_code
    left join flags.reviewed_flags
        on paired.text_hash = reviewed_flags.text_hash
)

select
    translated_pairs.text_hash,
    translated_pairs.other_text_hash,
    one.cluster_id,
    two.cluster_id as other_cluster_id,
    one.language_code,
    two.language_code as other_language_code,
    one.wording,
    two.wording as other_wording,
    one.advertiser_ids,
    two.advertiser_ids as other_advertiser_ids,
    one.ads_count,
    two.ads_count as other_ads_count,
    len(list_intersect(one.advertiser_ids, two.advertiser_ids))
        as shared_advertisers_count,
    translated_pairs.similarity,
    translated_pairs.similarity_margin,
    one.is_threat,
    two.is_threat as is_other_threat,
    abs(one.first_started_date - two.first_started_date) as start_spread_days,
    one.first_started_date,
    two.first_started_date as other_first_started_date
from hits.translated_pairs
inner join described as one
    on translated_pairs.text_hash = one.text_hash
inner join described as two
    on translated_pairs.other_text_hash = two.text_hash
