-- hits.term_hits: where which lexicon terms occur in which texts.
-- Grain: one row per text_hash, term_id, first_position.
-- Reads: hits.word_matches, staging.lexicon_elements, staging.lexicon_terms,
-- text.texts.
-- Caveat: a hit is words found, not a finding; positions count words from 1.
with recursive spoken as (
    select
        text_hash,
        unnest(words) as word,
        generate_subscripts(words, 1) as position
    from text.texts
),

element_hits as (
    select
        spoken.text_hash,
        spoken.position,
        word_matches.term_id,
        word_matches.element_number,
        lexicon_elements.element_count,
        lexicon_elements.gap_words
    from spoken
    inner join hits.word_matches
        on spoken.word = word_matches.word
    inner join staging.lexicon_elements
        on
            word_matches.term_id = lexicon_elements.term_id
            and word_matches.element_number = lexicon_elements.element_number
),

-- A phrase grows word by word from its first one.
phrases as (
    select
        text_hash,
        term_id,
        element_number,
        element_count,
        position as first_position,
        position as last_position,
        [position] as positions
    from element_hits
    where element_number = 1
    union all
    select
        phrases.text_hash,
        phrases.term_id,
        element_hits.element_number,
        phrases.element_count,
        phrases.first_position,
        element_hits.position as last_position,
        list_append(phrases.positions, element_hits.position) as positions
    from phrases
    inner join element_hits
        on
            phrases.text_hash = element_hits.text_hash
            and phrases.term_id = element_hits.term_id
            and phrases.element_number + 1 = element_hits.element_number
            and phrases.last_position < element_hits.position
            and phrases.last_position + 1 + element_hits.gap_words
            >= element_hits.position
)

select
    phrases.text_hash,
    phrases.term_id,
    lexicon_terms.concept,
    phrases.first_position,
    min(phrases.last_position) as last_position,
    arg_min(phrases.positions, (phrases.last_position, phrases.positions)) as positions
from phrases
inner join staging.lexicon_terms
    on phrases.term_id = lexicon_terms.term_id
where phrases.element_number = phrases.element_count
group by all
