-- text.vocabulary: every distinct word of all texts, with its matching form.
-- Grain: one row per word.
-- Reads: text.stretches.
-- Caveat: folded_word is for comparing only; quotes come from text.texts.
with distinct_words as (
    select distinct unnest(words) as word
    from text.stretches
)

select
    word,
    text.folded(word) as folded_word
from distinct_words
