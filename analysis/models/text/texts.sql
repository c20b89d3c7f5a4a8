-- text.texts: every distinct wording once, with its words in order.
-- Grain: one row per text_hash.
-- Reads: staging.ad_versions.
-- Caveat: body, title, description and caption joined by ‖; nothing from images.
with wordings as (
    select distinct
        text.wording_of(
            body_texts, title_texts, description_texts, caption_texts
        ) as wording
    from staging.ad_versions
),

worded as (
    select
        wording,
        text.words_of(wording) as words
    from wordings
    where wording != ''
)

select
    sha256(wording) as text_hash,
    wording,
    words,
    length(array_to_string(words, '')) as letter_count
from worded
