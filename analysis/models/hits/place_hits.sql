-- hits.place_hits: places in Azerbaijan that a text names.
-- Grain: one row per text_hash, first_position.
-- Reads: hits.place_words, hits.term_hits.
-- Caveat: a name that is also a word or a place elsewhere counts only with company.
with company as (
    select distinct
        text_hash,
        null as position
    from hits.term_hits
    where concept = 'target_az'
    union
    select distinct
        text_hash,
        null as position
    from hits.place_words
    where place_guard is null
    union
    select
        text_hash,
        first_position as position
    from hits.term_hits
    where concept = 'district_word'
)

select
    place_words.text_hash,
    place_words.first_position,
    place_words.last_position,
    place_words.region_code,
    place_words.place_name,
    place_words.is_locative
from hits.place_words
left join company
    on
        place_words.text_hash = company.text_hash
        and (
            company.position is null
            or (
                place_words.place_guard = 'word'
                and abs(company.position - place_words.first_position) = 1
            )
        )
where
    place_words.place_guard is null
    -- "To the young" is no "in Ganja": a case of place tells them apart.
    or (place_words.place_guard = 'word' and place_words.is_locative)
    or company.text_hash is not null
group by all
