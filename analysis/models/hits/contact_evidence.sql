-- hits.contact_evidence: contact or payment in Azerbaijan (E6).
-- Grain: one row per text_hash, evidence_code, source_field, evidence_value.
-- Reads: hits.place_hits, hits.term_hits, text.texts.
-- Caveat: the manat is Turkmenistan's money too; 050 and 055 are dialled elsewhere too.
with called as (
    select
        text_hash,
        'phone +994' as evidence_value
    from text.texts
    where
        contains(wording, '994')
        and regexp_matches(wording, '(\+|00)\s?\(?994\)?[\s()./-]*[1-9][\d\s()./-]{7,}')
),

paid as (
    select
        text_hash,
        lower(unnest(regexp_extract_all(
            wording,
            '\d\s?(₼|AZN|(?:[Mm]anat|[Мм]анат|MANAT|МАНАТ))', 1
        ))) as evidence_value
    from text.texts
    where
        regexp_matches(wording, '\d\s?(₼|AZN|[Mm]anat|[Мм]анат|MANAT|МАНАТ)')
        and not regexp_matches(
            lower(wording), 't[uü]rkm[eə]n|туркмен|түркмен|a[sş]h?gabat|ашхабад|ашгабат'
        )
),

spoken_of as materialized (
    select
        term_hits.text_hash,
        term_hits.first_position,
        term_hits.last_position,
        texts.wording,
        text.words_of(texts.wording) as words,
        text.pieces_of(texts.wording) as pieces
    from hits.term_hits
    inner join text.texts
        on term_hits.text_hash = texts.text_hash
    where term_hits.concept = 'local_service'
),

used as (
    select
        text_hash,
        text.field_of(pieces, wording, first_position) as source_field,
        array_to_string(list_slice(words, first_position, last_position), ' ')
            as evidence_value
    from spoken_of
),

addresses as (
    select
        place_hits.text_hash,
        'address in ' || place_hits.place_name as evidence_value
    from hits.place_hits
    inner join hits.term_hits
        on place_hits.text_hash = term_hits.text_hash
    where
        term_hits.concept = 'street'
        and text.words_between(
            place_hits.first_position,
            place_hits.last_position,
            term_hits.first_position,
            term_hits.last_position
        ) <= 4
),

contacts as (
    from called
    union all by name
    from paid
    union all by name
    from used
    union all by name
    from addresses
)

select distinct
    text_hash,
    'E6' as evidence_code,
    coalesce(source_field, 'text') as source_field,
    evidence_value
from contacts
