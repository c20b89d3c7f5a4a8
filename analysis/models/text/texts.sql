-- text.texts: every distinct wording once.
-- Grain: one row per text_hash.
-- Reads: staging.ad_versions.
-- Caveat: body, title, description and caption joined by ‖; nothing from images.
-- Its words are text.words_of(wording).
with wordings as (
    select distinct
        text.wording_of(
            body_texts, title_texts, description_texts, caption_texts
        ) as wording
    from staging.ad_versions
)

select
    sha256(wording) as text_hash,
    wording
from wordings
where wording != ''
