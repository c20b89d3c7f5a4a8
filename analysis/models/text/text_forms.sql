-- text.text_forms: each text without what varies between copies of a template.
-- Grain: one row per text_hash.
-- Reads: text.texts.
-- Caveat: numbers, dates in figures, emoji and links are left out; a text of fewer than
-- five other words has no word_pairs and equals only a text of the very same words.
with cut as (
    select
        text_hash,
        text.words_of(if(
            contains(wording, '/') or contains(wording, '‖'),
            text.unlinked(wording),
            wording
        )) as words,
        text.is_disguised(wording) as is_disguised
    from text.texts
),

numbered as (
    select
        text_hash,
        text.word_numbers(if(is_disguised, text.undisguised(words), words))
            as word_numbers
    from cut
)

select
    text_hash,
    -- Signed, as Arrow's filters want it.
    cast(
        if(len(word_numbers) = 0, hash(text_hash), hash(word_numbers)) >> 1 as bigint
    ) as form_hash,
    if(len(word_numbers) >= 5, text.word_pairs_of(word_numbers), null) as word_pairs
from numbered
