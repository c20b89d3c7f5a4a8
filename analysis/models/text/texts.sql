-- text.texts: every distinct wording once.
-- Grain: one row per text_hash.
-- Reads: staging.ad_versions.
-- Caveat: body, title, description and caption joined by ‖; nothing from images.
-- Its words are text.words_of(wording).
with joined as (
    select distinct
        text.joined_parts(
            body_texts, title_texts, description_texts, caption_texts
        ) as written
    from staging.ad_versions
),

looked_at as (
    select
        written,
        text.needs_care(written) as needs_care
    from joined
    where text.says_something(written)
),

evened as (
    select
        needs_care,
        if(needs_care, text.evened(written), written) as wording
    from looked_at
),

wordings as (
    select distinct
        wording,
        if(
            needs_care, regexp_matches(wording, text.hidden_words_pattern()), false
        ) as has_hidden_words
    from evened
)

select
    sha256(wording) as text_hash,
    wording,
    has_hidden_words
from wordings
