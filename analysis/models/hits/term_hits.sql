-- hits.term_hits: where which lexicon terms occur in which texts.
-- Grain: one row per text_hash, term_id, first_position.
-- Reads: hits.stretch_matches, staging.lexicon_terms, text.stretches, text.texts.
-- Caveat: a hit is words found, not a finding; positions count words from 1.
with recursive written as (
    select
        cast(rowid as integer) as text_number,
        unnest(text.stretches_of(wording)) as stretch,
        generate_subscripts(text.stretches_of(wording), 1) as stretch_number
    from text.texts
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

placed as materialized (
    select
        written.text_number,
        sought.stretch_id,
        cast(
            written.stretch_number
            - 1
            + coalesce(sum(sought.extra_words) over (
                partition by written.text_number
                order by written.stretch_number
                rows between unbounded preceding and 1 preceding
            ), 0)
            as integer
        ) as words_before
    from written
    inner join sought
        on written.stretch = sought.stretch
),

rarest as materialized (
    select
        placed.text_number,
        stretch_matches.term_id,
        stretch_matches.element_count,
        placed.words_before + stretch_matches.word_number as position
    from placed
    inner join hits.stretch_matches
        on placed.stretch_id = stretch_matches.stretch_id
    where stretch_matches.is_rarest
),

partners as (
    select
        term_id,
        list(distinct stretch_id) as partner_ids
    from hits.stretch_matches
    where not is_rarest
    group by term_id
),

text_stretches as (
    select
        text_number,
        list(stretch_id) as stretch_ids
    from placed
    group by text_number
),

-- Most texts with a phrase's rarest word have none of its other words.
promising as (
    select distinct
        rarest.text_number,
        rarest.term_id
    from rarest
    inner join partners
        on rarest.term_id = partners.term_id
    inner join text_stretches
        on rarest.text_number = text_stretches.text_number
    where list_has_any(text_stretches.stretch_ids, partners.partner_ids)
),

element_hits as (
    select
        promising.text_number,
        promising.term_id,
        stretch_matches.element_number,
        stretch_matches.element_count,
        stretch_matches.gap_words,
        placed.words_before + stretch_matches.word_number as position
    from promising
    inner join placed
        on promising.text_number = placed.text_number
    inner join hits.stretch_matches
        on
            placed.stretch_id = stretch_matches.stretch_id
            and promising.term_id = stretch_matches.term_id
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
    where element_number = 1
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

found as (
    select
        text_number,
        term_id,
        [position] as positions
    from rarest
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
    found.term_id,
    lexicon_terms.concept,
    found.positions[1] as first_position,
    found.positions[-1] as last_position,
    found.positions
from found
inner join staging.lexicon_terms
    on found.term_id = lexicon_terms.term_id
inner join text.texts
    on found.text_number = texts.rowid
