-- hits.place_hits: places in Azerbaijan that a text names.
-- Grain: one row per text_hash, first_position.
-- Reads: hits.term_hits, text.place_forms, text.texts, text.vocabulary.
-- Caveat: a name that is also a word or a place elsewhere counts only with company.
with spoken as (
    select
        text_hash,
        words,
        unnest(words) as word,
        generate_subscripts(words, 1) as position
    from text.texts
),

covered as (
    select
        text_hash,
        unnest(range(first_position, last_position + 1)) as position
    from hits.term_hits
    where concept = 'not_topic'
),

found as (
    select
        spoken.text_hash,
        spoken.position as first_position,
        spoken.position + place_forms.word_count - 1 as last_position,
        place_forms.region_code,
        place_forms.place_name,
        place_forms.place_guard,
        place_forms.is_locative,
        spoken.words[spoken.position - 1] as word_before
    from spoken
    inner join text.vocabulary
        on spoken.word = vocabulary.word
    inner join text.place_forms
        on vocabulary.folded_word = place_forms.first_word
    anti join covered
        on spoken.text_hash = covered.text_hash and spoken.position = covered.position
    where
        place_forms.word_count = 1
        or array_to_string(
            list_transform(
                list_slice(
                    spoken.words,
                    spoken.position,
                    spoken.position + place_forms.word_count - 1
                ),
                lambda word: text.folded(word)
            ),
            ' '
        ) = place_forms.place_form
    qualify row_number() over (
        partition by spoken.text_hash, spoken.position
        order by place_forms.word_count desc
    ) = 1
),

company as (
    select distinct
        text_hash,
        null as position
    from hits.term_hits
    where concept = 'target_az'
    union
    select distinct
        text_hash,
        null as position
    from found
    where place_guard is null
    union
    select
        text_hash,
        first_position as position
    from hits.term_hits
    where concept = 'district_word'
)

select
    found.text_hash,
    found.first_position,
    found.last_position,
    found.region_code,
    found.place_name,
    found.is_locative
    or coalesce(found.word_before in ('в', 'во', 'in', 'near', 'по'), false)
        as is_locative
from found
left join company
    on
        found.text_hash = company.text_hash
        and (
            company.position is null
            or abs(company.position - found.first_position) = 1
        )
where
    found.place_guard is null
    or company.text_hash is not null
group by all
