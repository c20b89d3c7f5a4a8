-- hits.term_hits: where which lexicon terms occur in which texts.
-- Grain: one row per text_hash, term_id, first_position.
-- Reads: hits.rarest_elements, hits.stretch_matches, staging.lexicon_elements,
-- staging.lexicon_terms, text.stretches, text.texts.
-- Caveat: a hit is words found, not a finding; positions count words from 1.
with recursive matches as (
    select
        stretch_matches.stretch,
        rarest_elements.term_number,
        stretch_matches.element_number,
        rarest_elements.element_count,
        stretch_matches.word_number,
        stretch_matches.word_count,
        rarest_elements.beside_gap_words,
        rarest_elements.beside_number - rarest_elements.element_number as direction,
        stretch_matches.element_number = rarest_elements.element_number as is_rarest,
        stretch_matches.element_number = rarest_elements.beside_number as is_beside
    from hits.stretch_matches
    inner join hits.rarest_elements
        on stretch_matches.term_id = rarest_elements.term_id
),

-- Stretches with the rarest word of a pattern, one row for each step from there to
-- where the word beside it may be. And those of other than one word: behind them
-- later words count differently.
sought as (
    select
        stretch,
        term_number,
        word_number,
        0 as extra_words,
        element_count = 1 as is_alone,
        unnest(if(
            element_count = 1,
            [null],
            list_transform(
                range(if(word_count = 1, 1, 0), beside_gap_words + 2),
                lambda distance: direction * distance
            )
        )) as step
    from matches
    where is_rarest
    union all by name
    select
        stretch,
        len(words) - 1 as extra_words,
        true as is_alone
    from text.stretches
    where len(words) != 1
),

beside as (
    select distinct
        stretch,
        term_number
    from matches
    where is_beside
),

wordless as (
    select stretch
    from text.stretches
    where len(words) = 0
),

cut as not materialized (
    select
        cast(rowid as integer) as text_number,
        text.stretches_of(wording, has_hidden_words) as stretches
    from text.texts
),

written as not materialized (
    select
        text_number,
        stretches,
        unnest(stretches) as stretch,
        cast(generate_subscripts(stretches, 1) as integer) as stretch_number
    from cut
),

-- A step before the first stretch comes out at the last ones: no harm, only work.
begun as not materialized (
    select
        written.text_number,
        sought.term_number,
        written.stretch_number,
        sought.word_number,
        sought.extra_words,
        written.stretches[written.stretch_number + sought.step] as near_stretch,
        sought.is_alone
    from written
    inner join sought
        on written.stretch = sought.stretch
),

-- All that is held of all texts: most with a phrase's rarest word have no other word
-- of it beside that. What is beside a stretch without words is looked at later.
located as materialized (
    select
        begun.text_number,
        begun.term_number,
        begun.stretch_number,
        cast(begun.word_number as smallint) as word_number,
        cast(begun.extra_words as smallint) as extra_words,
        begun.is_alone
    from begun
    left join beside
        on
            begun.term_number = beside.term_number
            and begun.near_stretch = beside.stretch
    left join wordless
        on begun.near_stretch = wordless.stretch
    where
        begun.is_alone
        or beside.stretch is not null
        or wordless.stretch is not null
),

promising as (
    select distinct
        text_number,
        term_number
    from located
    where not is_alone
),

cut_again as not materialized (
    select
        promising.text_number,
        promising.term_number,
        text.stretches_of(texts.wording, texts.has_hidden_words) as stretches
    from promising
    inner join text.texts
        on promising.text_number = texts.rowid
),

written_again as not materialized (
    select
        text_number,
        term_number,
        unnest(stretches) as stretch,
        generate_subscripts(stretches, 1) as stretch_number
    from cut_again
),

found as not materialized (
    select
        text_number,
        term_number,
        1 as element_number,
        stretch_number,
        word_number,
        extra_words,
        is_alone
    from located
    where is_alone
    union all by name
    select
        written_again.text_number,
        written_again.term_number,
        matches.element_number,
        written_again.stretch_number,
        matches.word_number,
        0 as extra_words,
        false as is_alone
    from written_again
    inner join matches
        on
            written_again.stretch = matches.stretch
            and written_again.term_number = matches.term_number
),

counted as not materialized (
    select
        text_number,
        term_number,
        element_number,
        cast(stretch_number - 1 + word_number + coalesce(sum(extra_words) over (
            partition by text_number
            order by stretch_number
            range between unbounded preceding and 1 preceding
        ), 0) as bigint) as position,
        is_alone
    from found
),

element_hits as materialized (
    select
        text_number,
        term_number,
        element_number,
        position,
        is_alone
    from counted
    where term_number is not null
),

phrase_words as materialized (
    select
        element_hits.text_number,
        element_hits.term_number,
        element_hits.element_number,
        lexicon_elements.element_count,
        lexicon_elements.gap_words,
        element_hits.position
    from element_hits
    inner join hits.rarest_elements
        on element_hits.term_number = rarest_elements.term_number
    inner join staging.lexicon_elements
        on
            rarest_elements.term_id = lexicon_elements.term_id
            and element_hits.element_number = lexicon_elements.element_number
    where not element_hits.is_alone
),

-- A phrase grows word by word from its first one.
phrases as (
    select
        text_number,
        term_number,
        element_number,
        element_count,
        position as first_position,
        [position] as positions
    from phrase_words
    where element_number = 1
    union all
    select
        phrases.text_number,
        phrases.term_number,
        phrase_words.element_number,
        phrases.element_count,
        phrases.first_position,
        list_append(phrases.positions, phrase_words.position) as positions
    from phrases
    inner join phrase_words
        on
            phrases.text_number = phrase_words.text_number
            and phrases.term_number = phrase_words.term_number
            and phrases.element_number + 1 = phrase_words.element_number
            and phrases.positions[-1] < phrase_words.position
            and phrases.positions[-1] + 1 + phrase_words.gap_words
            >= phrase_words.position
),

whole as not materialized (
    select
        text_number,
        term_number,
        [position] as positions
    from element_hits
    where is_alone
    union all
    select
        text_number,
        term_number,
        arg_min(positions, (positions[-1], positions)) as positions
    from phrases
    where element_number = element_count
    group by text_number, term_number, first_position
)

select
    texts.text_hash,
    lexicon_terms.term_id,
    lexicon_terms.concept,
    whole.positions[1] as first_position,
    whole.positions[-1] as last_position,
    whole.positions
from whole
inner join hits.rarest_elements
    on whole.term_number = rarest_elements.term_number
inner join staging.lexicon_terms
    on rarest_elements.term_id = lexicon_terms.term_id
inner join text.texts
    on whole.text_number = texts.rowid
