-- hits.rarest_elements: the rarest word of each term's pattern, and one beside it.
-- Grain: one row per term_id.
-- Reads: hits.stretch_matches, staging.lexicon_elements.
-- Caveat: rarest in this archive; a term of which a word stands nowhere is left out.
with counts as (
    select
        term_id,
        element_number,
        sum(occurrence_count) as element_total
    from hits.stretch_matches
    group by term_id, element_number
),

rarest as (
    select
        term_id,
        arg_min(element_number, (element_total, element_number)) as element_number,
        count(*) as found_count
    from counts
    group by term_id
),

patterns as (
    select
        term_id,
        element_number,
        element_count,
        gap_words,
        lead(gap_words) over (
            partition by term_id order by element_number
        ) as next_gap_words
    from staging.lexicon_elements
),

-- The nearer one: fewer texts have both by chance.
sides as (
    select
        term_id,
        element_number,
        element_count,
        gap_words,
        next_gap_words,
        element_number < element_count
        and (element_number = 1 or next_gap_words <= gap_words) as is_next_nearer
    from patterns
)

select
    sides.term_id,
    cast(row_number() over (order by sides.term_id) as integer) as term_number,
    sides.element_number,
    sides.element_count,
    case
        when sides.is_next_nearer then sides.element_number + 1
        when sides.element_count > 1 then sides.element_number - 1
    end as beside_number,
    if(sides.is_next_nearer, sides.next_gap_words, sides.gap_words) as beside_gap_words
from sides
inner join rarest
    on
        sides.term_id = rarest.term_id
        and sides.element_number = rarest.element_number
        and sides.element_count = rarest.found_count
