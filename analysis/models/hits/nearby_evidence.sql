-- hits.nearby_evidence: a place in Azerbaijan named as the reader's own (E8).
-- Grain: one row per text_hash, evidence_code, source_field, evidence_value.
-- Reads: hits.place_hits, hits.term_hits, text.texts.
-- Caveat: an offer that leads to the place from elsewhere, such as travel, is not.
with travels as (
    select distinct text_hash
    from hits.term_hits
    where concept = 'travel'
),

beside as (
    select
        place_hits.text_hash,
        place_hits.first_position,
        place_hits.last_position
    from hits.place_hits
    inner join hits.term_hits
        on place_hits.text_hash = term_hits.text_hash
    anti join travels
        on place_hits.text_hash = travels.text_hash
    where
        (
            term_hits.concept = 'near_reader'
            or (term_hits.concept = 'local_offer' and place_hits.is_locative)
        )
        and text.words_between(
            place_hits.first_position,
            place_hits.last_position,
            term_hits.first_position,
            term_hits.last_position
        ) <= 5
)

select distinct
    beside.text_hash,
    'E8' as evidence_code,
    'text' as source_field,
    array_to_string(
        list_slice(
            text.words_of(texts.wording), beside.first_position, beside.last_position
        ),
        ' '
    ) as evidence_value
from beside
inner join text.texts
    on beside.text_hash = texts.text_hash
