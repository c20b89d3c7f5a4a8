-- text.place_forms: the forms that names of places in Azerbaijan take in a sentence.
-- Grain: one row per place_form.
-- Reads: staging.audience_places.
-- Caveat: endings of Azerbaijani, Turkish and Russian; in matching form, see folded().
with names as (
    select
        region_code,
        place_name,
        place_guard,
        language_code,
        array_to_string(
            list_transform(text.words_of(place_name), lambda word: text.folded(word)),
            ' '
        ) as place_form,
        lower(right(place_name, 1)) as last_letter
    from staging.audience_places
    where place_level != 'country' and language_code in ('az', 'tr', 'ru', 'en')
),

endings as (
    select
        *,
        unnest(case
            when language_code in ('az', 'tr') then [
                '', 'a', 'e', 'ya', 'ye', 'i', 'u', 'yi', 'yu', 'ni', 'nu', 'in', 'un',
                'nin', 'nun', 'da', 'de', 'ta', 'te', 'daki', 'deki', 'dan', 'den',
                'tan', 'ten'
            ]
            when language_code = 'en' then ['', 's']
            when last_letter in ('а', 'я') then ['', '-ы', '-и', '-е', '-у', '-ой']
            when last_letter = 'ь' then ['', '-и', '-ю', '-ью']
            when regexp_matches(last_letter, '[бвгджзклмнпрстфхцчшщ]')
                then ['', 'а', 'у', 'ом', 'е']
            else ['']
        end) as ending
    from names
),

forms as (
    select
        region_code,
        place_name,
        place_guard,
        if(
            starts_with(ending, '-'),
            left(place_form, length(place_form) - 1) || substr(ending, 2),
            place_form || ending
        ) as place_form,
        regexp_matches(ending, '^[dt][ae](ki)?$') as is_locative
    from endings
)

select
    place_form,
    string_split(place_form, ' ')[1] as first_word,
    len(string_split(place_form, ' ')) as word_count,
    min(region_code) as region_code,
    min(place_name) as place_name,
    -- What one language guards another does not set free.
    min(place_guard) as place_guard,
    bool_or(is_locative) as is_locative
from forms
where length(place_form) >= 3
group by place_form
