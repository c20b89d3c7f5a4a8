-- staging.lexicon_elements: the words of each term's pattern, in matching form.
-- Grain: one row per term_id, element_number.
-- Reads: staging.lexicon_terms.
-- Caveat: gap_words is how many other words may stand before this one.
with parts as (
    select
        term_id,
        unnest(string_split(pattern, ' ')) as part,
        unnest(range(1, len(string_split(pattern, ' ')) + 1)) as part_number
    from staging.lexicon_terms
),

words as (
    select
        term_id,
        part,
        row_number() over (partition by term_id order by part_number) as element_number,
        count(*) over (partition by term_id) as element_count,
        part_number
    from parts
    where not starts_with(part, '~')
),

gaps as (
    select
        term_id,
        part_number,
        cast(substr(part, 2) as integer) as gap_words
    from parts
    where starts_with(part, '~')
)

select
    words.term_id,
    words.element_number,
    words.element_count,
    text.folded(trim(words.part, '*')) as element,
    coalesce(gaps.gap_words, 0) as gap_words,
    ends_with(words.part, '*') as is_stem,
    starts_with(words.part, '*') as is_ending
from words
left join gaps
    on
        words.term_id = gaps.term_id
        and words.part_number = gaps.part_number + 1
