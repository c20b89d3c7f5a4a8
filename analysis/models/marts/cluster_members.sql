-- marts.cluster_members: which ads of whom show the texts of each cluster.
-- Grain: one row per ad_id, text_hash.
-- Reads: flags.reviewed_flags, hits.text_clusters, staging.ads, text.ad_texts,
-- text.text_forms, text.text_languages.
-- Caveat: texts shown by one ad alone are not here; any version of an ad counts.
with clusters as (
    select text_clusters.cluster_id
    from text.ad_texts
    inner join hits.text_clusters
        on ad_texts.text_hash = text_clusters.text_hash
    group by text_clusters.cluster_id
    having min(ad_texts.ad_id) < max(ad_texts.ad_id)
),

-- Told once for each text, not for each ad that shows it.
texts as (
    select
        text_clusters.text_hash,
        text_clusters.cluster_id,
        text_languages.language_code,
        text_clusters.centre_overlap,
        coalesce(reviewed_flags.is_threat, false) as is_threat,
        text_forms.word_pairs is null as is_short
    from hits.text_clusters
    semi join clusters
        on text_clusters.cluster_id = clusters.cluster_id
    inner join text.text_forms
        on text_clusters.text_hash = text_forms.text_hash
    left join flags.reviewed_flags
        on text_clusters.text_hash = reviewed_flags.text_hash
    left join text.text_languages
        on text_clusters.text_hash = text_languages.text_hash
),

shown as (
    select distinct
        ad_id,
        text_hash
    from text.ad_texts
)

select
    texts.cluster_id,
    shown.ad_id,
    shown.text_hash,
    ads.library,
    ads.advertiser_id,
    ads.advertiser_name,
    ads.funder,
    texts.language_code,
    regexp_replace(lower(ads.landing_domain), '^www[.]', '') as landing_domain,
    texts.centre_overlap,
    texts.is_threat,
    texts.is_short,
    ads.started_date,
    ads.stopped_date
from shown
inner join texts
    on shown.text_hash = texts.text_hash
inner join staging.ads
    on shown.ad_id = ads.ad_id
-- Equal texts side by side pack into a third less of the file.
order by shown.text_hash
