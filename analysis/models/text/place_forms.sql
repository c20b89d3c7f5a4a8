-- text.place_forms: the forms that names of places in Azerbaijan take in a sentence.
-- Grain: one row per place_form.
-- Reads: staging.audience_places, staging.place_endings.
-- Caveat: in Azerbaijani, Turkish, Russian and English; in matching form.
with names as (
    select
        region_code,
        place_name,
        place_guard,
        language_code,
        array_to_string(text.all_folded(text.words_of(place_name)), ' ') as name_form,
        lower(right(place_name, 1)) as last_letter
    from staging.audience_places
    where place_level != 'country'
),

forms as (
    select
        names.region_code,
        names.place_name,
        names.place_guard,
        left(names.name_form, length(names.name_form) - place_endings.cut_letters)
        || place_endings.ending as place_form,
        place_endings.is_locative
    from names
    inner join staging.place_endings
        on
            names.language_code = place_endings.language_code
            and regexp_matches(names.last_letter, place_endings.name_end)
)

select
    place_form,
    string_split(place_form, ' ')[1] as first_word,
    min(region_code) as region_code,
    min(place_name) as place_name,
    -- What one language guards another does not set free.
    min(place_guard) as place_guard,
    len(string_split(place_form, ' ')) as word_count,
    bool_or(is_locative) as is_locative
from forms
where length(place_form) >= 3
group by place_form
