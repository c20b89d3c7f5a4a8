-- text.ad_texts: which text each version of an ad shows.
-- Grain: one row per ad_id, version_hash.
-- Reads: staging.ad_versions.
-- Caveat: versions without any wording have no row.

-- Ads repeat each other: each set of parts is joined and hashed once.
with parts as (
    select distinct
        body_texts,
        title_texts,
        description_texts,
        caption_texts
    from staging.ad_versions
),

hashed as materialized (
    select
        body_texts,
        title_texts,
        description_texts,
        caption_texts,
        text.wording_of(
            body_texts, title_texts, description_texts, caption_texts
        ) as wording,
        sha256(wording) as text_hash
    from parts
    where wording != ''
)

select
    ad_versions.ad_id,
    ad_versions.version_hash,
    hashed.text_hash
from staging.ad_versions
inner join hashed
    on
        ad_versions.body_texts is not distinct from hashed.body_texts
        and ad_versions.title_texts is not distinct from hashed.title_texts
        and ad_versions.description_texts is not distinct from hashed.description_texts
        and ad_versions.caption_texts is not distinct from hashed.caption_texts
-- Equal texts side by side pack into a third less of the file.
order by hashed.text_hash
