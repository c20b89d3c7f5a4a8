-- hits.address_evidence: Azerbaijanis spoken to by name (E5).
-- Grain: one row per text_hash, evidence_code, source_field, evidence_value.
-- Reads: hits.term_hits, text.texts.
-- Caveat: naming a group is not speaking to it; an address word, a mark or a "you" is.
with addressed as materialized (
    select
        term_hits.text_hash,
        term_hits.first_position,
        term_hits.last_position,
        text.words_of(texts.wording) as words,
        text.pieces_of(texts.wording) as pieces
    from hits.term_hits
    inner join text.texts
        on term_hits.text_hash = texts.text_hash
    where term_hits.concept = 'address_az'
),

beside as (
    select
        addressed.text_hash,
        addressed.first_position,
        bool_or(
            speaking.concept = 'vocative'
            and speaking.last_position
            between addressed.first_position - 1 and addressed.last_position
        ) as has_vocative,
        bool_or(
            speaking.concept = 'reader_you'
            and text.words_between(
                addressed.first_position,
                addressed.last_position,
                speaking.first_position,
                speaking.last_position
            ) <= 6
        ) as has_you
    from addressed
    left join hits.term_hits as speaking
        on
            addressed.text_hash = speaking.text_hash
            and speaking.concept in ('vocative', 'reader_you')
    group by addressed.text_hash, addressed.first_position
)

select distinct
    addressed.text_hash,
    'E5' as evidence_code,
    'text' as source_field,
    array_to_string(
        list_slice(addressed.words, addressed.first_position, addressed.last_position),
        ' '
    ) as evidence_value
from addressed
inner join beside
    on
        addressed.text_hash = beside.text_hash
        and addressed.first_position = beside.first_position
where
    beside.has_vocative
    or beside.has_you
    or regexp_matches(addressed.pieces[addressed.last_position], '^[^!]*!')
    -- "People of Baku, ...": the first words of a sentence, then a comma.
    or (
        regexp_matches(addressed.pieces[addressed.last_position], '[,:—–]')
        and (
            addressed.first_position = 1
            or regexp_matches(
                addressed.pieces[addressed.first_position - 1], '[.!?…‖]'
            )
        )
    )
