-- hits.term_hits: where which lexicon terms occur in which texts.
-- Grain: one row per text_hash, term_id, first_position.
-- Reads: hits.stretch_matches, staging.lexicon_terms, text.stretches, text.texts.
-- Caveat: a hit is words found, not a finding; positions count words from 1.
with recursive cut as (
    select
        cast(rowid as integer) as text_number,
        text.stretches_of(wording, has_hidden_words) as stretches
    from text.texts
),

written as (
    select
        text_number,
        unnest(stretches) as stretch,
        generate_subscripts(stretches, 1) as stretch_number
    from cut
),

-- Where a stretch of other than one word stands, later words count differently.
sought as (
    select
        stretch,
        stretch_id,
        len(words) - 1 as extra_words
    from text.stretches
    where
        len(words) != 1
        or stretch_id in (select stretch_matches.stretch_id from hits.stretch_matches)
),

located as materialized (
    select
        written.text_number,
        written.stretch_number,
        sought.stretch_id,
        sought.extra_words
    from written
    inner join sought
        on written.stretch = sought.stretch
),

rarest as materialized (
    select
        located.text_number,
        located.stretch_number,
        stretch_matches.word_number,
        stretch_matches.term_id,
        stretch_matches.element_number,
        stretch_matches.element_count,
        stretch_matches.gap_words
    from located
    inner join hits.stretch_matches
        on located.stretch_id = stretch_matches.stretch_id
    where stretch_matches.is_rarest
),

partners as (
    select
        stretch_id,
        list(distinct term_id) as term_ids
    from hits.stretch_matches
    where not is_rarest
    group by stretch_id
),

-- Most texts with a phrase's rarest word have none of its other words.
promising as (
    select distinct
        rarest.text_number,
        rarest.term_id
    from located
    inner join partners
        on located.stretch_id = partners.stretch_id
    inner join rarest
        on located.text_number = rarest.text_number
    where
        rarest.element_count > 1
        and list_contains(partners.term_ids, rarest.term_id)
),

-- Words of patterns that may be there whole.
found as (
    select
        text_number,
        stretch_number,
        word_number,
        term_id,
        element_number,
        element_count,
        gap_words
    from rarest
    where element_count = 1
    union all
    select
        promising.text_number,
        located.stretch_number,
        stretch_matches.word_number,
        promising.term_id,
        stretch_matches.element_number,
        stretch_matches.element_count,
        stretch_matches.gap_words
    from promising
    inner join located
        on promising.text_number = located.text_number
    inner join hits.stretch_matches
        on
            located.stretch_id = stretch_matches.stretch_id
            and promising.term_id = stretch_matches.term_id
),

shifts as (
    select
        text_number,
        stretch_number,
        sum(extra_words) over (
            partition by text_number
            order by stretch_number
            rows between unbounded preceding and current row
        ) as extra_so_far
    from located
    where extra_words != 0
),

element_hits as materialized (
    select
        found.text_number,
        found.term_id,
        found.element_number,
        found.element_count,
        found.gap_words,
        cast(
            found.stretch_number - 1 + coalesce(shifts.extra_so_far, 0) as integer
        )
        + found.word_number as position
    from found
    asof left join shifts
        on
            found.text_number = shifts.text_number
            and found.stretch_number > shifts.stretch_number
),

-- A phrase grows word by word from its first one.
phrases as (
    select
        text_number,
        term_id,
        element_number,
        element_count,
        position as first_position,
        [position] as positions
    from element_hits
    where
        element_number = 1
        and element_count > 1
    union all
    select
        phrases.text_number,
        phrases.term_id,
        element_hits.element_number,
        phrases.element_count,
        phrases.first_position,
        list_append(phrases.positions, element_hits.position) as positions
    from phrases
    inner join element_hits
        on
            phrases.text_number = element_hits.text_number
            and phrases.term_id = element_hits.term_id
            and phrases.element_number + 1 = element_hits.element_number
            and phrases.positions[-1] < element_hits.position
            and phrases.positions[-1] + 1 + element_hits.gap_words
            >= element_hits.position
),

whole as (
    select
        text_number,
        term_id,
        [position] as positions
    from element_hits
    where element_count = 1
    union all
    select
        text_number,
        term_id,
        arg_min(positions, (positions[-1], positions)) as positions
    from phrases
    where element_number = element_count
    group by text_number, term_id, first_position
)

select
    texts.text_hash,
    whole.term_id,
    lexicon_terms.concept,
    whole.positions[1] as first_position,
    whole.positions[-1] as last_position,
    whole.positions
from whole
inner join staging.lexicon_terms
    on whole.term_id = lexicon_terms.term_id
inner join text.texts
    on whole.text_number = texts.rowid
