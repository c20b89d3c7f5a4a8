-- hits.word_matches: which words of the vocabulary are which words of which patterns.
-- Grain: one row per word, term_id, element_number.
-- Reads: staging.lexicon_elements, text.vocabulary.
-- Caveat: matching runs over distinct words, so its cost hardly grows with the terms.
with edges as (
    select distinct
        is_ending,
        length(element) as edge_length
    from staging.lexicon_elements
    where is_stem or is_ending
),

word_edges as (
    select
        vocabulary.word,
        edges.is_ending,
        if(
            edges.is_ending,
            right(vocabulary.folded_word, edges.edge_length),
            left(vocabulary.folded_word, edges.edge_length)
        ) as word_edge
    from text.vocabulary
    inner join edges
        on length(vocabulary.folded_word) >= edges.edge_length
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
        and not lexicon_elements.is_ending
union all
select
    word_edges.word,
    lexicon_elements.term_id,
    lexicon_elements.element_number
from word_edges
inner join staging.lexicon_elements
    on
        word_edges.word_edge = lexicon_elements.element
        and word_edges.is_ending = lexicon_elements.is_ending
        and (lexicon_elements.is_stem or lexicon_elements.is_ending)
