-- text.ad_texts: which text each version of an ad shows.
-- Grain: one row per ad_id, version_hash.
-- Reads: staging.ad_versions.
-- Caveat: versions without any wording have no row.
with joined as materialized (
    select
        ad_id,
        version_hash,
        text.joined_parts(
            body_texts, title_texts, description_texts, caption_texts
        ) as written
    from staging.ad_versions
),

-- Ads repeat each other: each wording is evened and hashed once.
distinct_wordings as (
    select distinct written
    from joined
),

hashed as materialized (
    select
        written,
        sha256(if(text.needs_care(written), text.evened(written), written))
            as text_hash
    from distinct_wordings
    where text.says_something(written)
)

select
    joined.ad_id,
    joined.version_hash,
    hashed.text_hash
from joined
inner join hashed
    on joined.written = hashed.written
