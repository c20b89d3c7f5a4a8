-- text.text_forms: each text without what varies between copies of a template.
-- Grain: one row per text_hash.
-- Reads: text.texts.
-- Caveat: numbers, dates in figures, emoji and links are left out; a text of fewer than
-- five other words has no word_pairs and equals only a text of the very same words.
with numbered as (
    select
        text_hash,
        text.word_numbers(case
            when contains(wording, '/') or contains(wording, '‖')
                then text.plain_words_of(text.unlinked(wording))
            when text.is_disguised(wording) then text.plain_words_of(wording)
            else text.words_of(wording)
        end) as word_numbers
    from text.texts
)

select
    text_hash,
    -- Signed, as Arrow's filters want it.
    cast(
        if(len(word_numbers) = 0, hash(text_hash), hash(word_numbers)) >> 1 as bigint
    ) as form_hash,
    if(len(word_numbers) >= 5, text.word_pairs_of(word_numbers), null) as word_pairs
from numbered
