-- hits.word_matches: which words of the vocabulary are which words of which patterns.
-- Grain: one row per word, term_id, element_number.
-- Reads: staging.lexicon_elements, text.vocabulary.
-- Caveat: matching runs over distinct words, so its cost hardly grows with the terms.
with stem_lengths as (
    select distinct length(element) as stem_length
    from staging.lexicon_elements
    where is_stem
),

beginnings as (
    select
        vocabulary.word,
        left(vocabulary.folded_word, stem_lengths.stem_length) as beginning
    from text.vocabulary
    inner join stem_lengths
        on length(vocabulary.folded_word) >= stem_lengths.stem_length
)

select
    vocabulary.word,
    lexicon_elements.term_id,
    lexicon_elements.element_number
from text.vocabulary
inner join staging.lexicon_elements
    on
        vocabulary.folded_word = lexicon_elements.element
        and not lexicon_elements.is_stem
union all
select
    beginnings.word,
    lexicon_elements.term_id,
    lexicon_elements.element_number
from beginnings
inner join staging.lexicon_elements
    on
        beginnings.beginning = lexicon_elements.element
        and lexicon_elements.is_stem
