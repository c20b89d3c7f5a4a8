-- text.ad_texts: which text each version of an ad shows.
-- Grain: one row per ad_id, version_hash.
-- Reads: staging.ad_versions.
-- Caveat: versions without any wording have no row.
select
    ad_id,
    version_hash,
    sha256(text.wording_of(
        body_texts, title_texts, description_texts, caption_texts
    )) as text_hash
from staging.ad_versions
where
    text.wording_of(body_texts, title_texts, description_texts, caption_texts) != ''
