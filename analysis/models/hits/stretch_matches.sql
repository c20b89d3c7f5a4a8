-- hits.stretch_matches: which words of a stretch are which words of which patterns.
-- Grain: one row per stretch_id, word_number, term_id, element_number.
-- Reads: hits.word_matches, staging.lexicon_elements, text.stretches.
-- Caveat: a pattern is sought only where its rarest word stands, for speed.
with numbered as (
    select
        stretch_id,
        occurrence_count,
        unnest(words) as word,
        generate_subscripts(words, 1) as word_number
    from text.stretches
),

matches as (
    select
        numbered.stretch_id,
        numbered.word_number,
        word_matches.term_id,
        word_matches.element_number,
        numbered.occurrence_count
    from numbered
    inner join hits.word_matches
        on numbered.word = word_matches.word
),

counts as (
    select
        term_id,
        element_number,
        sum(occurrence_count) as element_total
    from matches
    group by term_id, element_number
),

rarest as (
    select
        term_id,
        arg_min(element_number, (element_total, element_number)) as element_number
    from counts
    group by term_id
)

select
    matches.stretch_id,
    matches.word_number,
    matches.term_id,
    matches.element_number,
    lexicon_elements.element_count,
    lexicon_elements.gap_words,
    matches.element_number = rarest.element_number as is_rarest
from matches
inner join rarest
    on matches.term_id = rarest.term_id
inner join staging.lexicon_elements
    on
        matches.term_id = lexicon_elements.term_id
        and matches.element_number = lexicon_elements.element_number
