-- noqa: disable=LT02,AM04,RF02,RF03
-- search_text('müstəqillik'): texts with all the words asked for, in any order, folded
-- as the matcher folds them. A word also finds longer ones that begin with it (case
-- endings, with k as y and q as ğ), ASCII spelling, and Azerbaijani in Cyrillic.
create macro search_text(asked_text) as table
with asked as (
    select
        unnest(text.words_of(text.evened(asked_text))) as asked_word,
        generate_subscripts(text.words_of(text.evened(asked_text)), 1) as asked_number
),

forms as (
    select
        asked_number,
        text.folded(asked_word) as form
    from asked
    union
    select
        asked_number,
        text.folded(text.az_cyrillic(text.lower_az(asked_word))) as form
    from asked
),

found as (
    select distinct
        forms.asked_number,
        vocabulary.word
    from text.vocabulary
    inner join forms
        on
            starts_with(vocabulary.folded_word, forms.form)
            -- A long word's last k or q gives way to y or ğ before a vowel.
            or (
                length(forms.form) >= 4
                and (
                    (
                        ends_with(forms.form, 'k')
                        and starts_with(
                            vocabulary.folded_word, left(forms.form, -1) || 'y'
                        )
                    )
                    or (
                        ends_with(forms.form, 'q')
                        and starts_with(
                            vocabulary.folded_word, left(forms.form, -1) || 'g'
                        )
                    )
                    or (
                        ends_with(forms.form, 'к')
                        and starts_with(
                            vocabulary.folded_word, left(forms.form, -1) || 'и'
                        )
                    )
                )
            )
),

spoken as (
    select
        texts.text_hash,
        unnest(text.words_of(texts.wording)) as word
    from text.texts
),

matched as (
    select
        spoken.text_hash,
        list_sort(list_distinct(list(spoken.word))) as found_words
    from spoken
    inner join found
        on spoken.word = found.word
    group by spoken.text_hash
    having count(distinct found.asked_number) = (select count(*) from asked)
),

shown as (
    select
        text_hash,
        list_sort(list(distinct ad_id)) as ad_ids
    from text.ad_texts
    group by text_hash
)

select
    matched.text_hash,
    text_languages.language_code,
    matched.found_words,
    texts.wording,
    shown.ad_ids,
    coalesce(text_flags.text_verdict, 'none') as text_verdict
from matched
inner join text.texts
    on matched.text_hash = texts.text_hash
inner join shown
    on matched.text_hash = shown.text_hash
left join text.text_languages
    on matched.text_hash = text_languages.text_hash
left join flags.reviewed_flags as text_flags
    on matched.text_hash = text_flags.text_hash
order by matched.text_hash;
