-- hits.stretch_matches: which words of a stretch are which words of which patterns.
-- Grain: one row per stretch, term_id, element_number, word_number.
-- Reads: hits.word_matches, text.stretches.
-- Caveat: words one by one; whether a pattern is there whole is for hits.term_hits.
with numbered as (
    select
        stretch,
        len(words) as word_count,
        occurrence_count,
        unnest(words) as word,
        generate_subscripts(words, 1) as word_number
    from text.stretches
)

select
    numbered.stretch,
    word_matches.term_id,
    word_matches.element_number,
    numbered.word_number,
    numbered.word_count,
    numbered.occurrence_count
from numbered
inner join hits.word_matches
    on numbered.word = word_matches.word
