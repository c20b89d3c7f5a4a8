-- text.ad_texts: which text each version of an ad shows.
-- Grain: one row per ad_id, version_hash.
-- Reads: staging.ad_versions.
-- Caveat: versions without any wording have no row.
with joined as (
    select
        ad_id,
        version_hash,
        text.joined_parts(
            body_texts, title_texts, description_texts, caption_texts
        ) as written
    from staging.ad_versions
)

select
    ad_id,
    version_hash,
    sha256(text.evened(written)) as text_hash
from joined
where text.says_something(written)
