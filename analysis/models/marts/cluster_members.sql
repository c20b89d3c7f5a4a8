-- marts.cluster_members: which ads of whom show the texts of each cluster.
-- Grain: one row per ad_id, text_hash.
-- Reads: flags.reviewed_flags, hits.text_clusters, staging.ads, text.ad_texts,
-- text.text_forms, text.text_languages.
-- Caveat: texts shown by one ad alone are not here; any version of an ad counts.
with shown as (
    select distinct
        ad_id,
        text_hash
    from text.ad_texts
),

clusters as (
    select text_clusters.cluster_id
    from shown
    inner join hits.text_clusters
        on shown.text_hash = text_clusters.text_hash
    group by text_clusters.cluster_id
    having count(distinct shown.ad_id) > 1
)

select
    text_clusters.cluster_id,
    shown.ad_id,
    shown.text_hash,
    ads.library,
    ads.advertiser_id,
    ads.advertiser_name,
    ads.funder,
    text_languages.language_code,
    regexp_replace(lower(ads.landing_domain), '^www[.]', '') as landing_domain,
    text_clusters.centre_overlap,
    coalesce(reviewed_flags.is_threat, false) as is_threat,
    text_forms.word_pairs is null as is_short,
    ads.started_date,
    ads.stopped_date
from shown
inner join hits.text_clusters
    on shown.text_hash = text_clusters.text_hash
semi join clusters
    on text_clusters.cluster_id = clusters.cluster_id
inner join staging.ads
    on shown.ad_id = ads.ad_id
inner join text.text_forms
    on shown.text_hash = text_forms.text_hash
left join flags.reviewed_flags
    on shown.text_hash = reviewed_flags.text_hash
left join text.text_languages
    on shown.text_hash = text_languages.text_hash
-- Equal texts side by side pack into a third less of the file.
order by shown.text_hash
