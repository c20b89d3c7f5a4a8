-- Question: what does the program miss? Up to 100 texts of each language, at random.
-- Answer: one row per text that is not flagged, with the size of its language.
-- Caveat: the order is fixed by hash, so any beginning of it is a random sample too.
with unflagged as (
    select
        texts.text_hash,
        coalesce(text_languages.language_code, 'other') as stratum
    from text.texts
    left join text.text_languages
        on texts.text_hash = text_languages.text_hash
    left join flags.text_flags
        on texts.text_hash = text_flags.text_hash
    where
        len(text.words_of(texts.wording)) >= 3
        and not coalesce(text_flags.is_threat, false)
)

select
    text_hash,
    'sample' as queue,
    stratum,
    count(*) over (partition by stratum) as stratum_texts_count
from unflagged
qualify
    row_number() over (partition by stratum order by md5('sample' || text_hash)) <= 100
order by md5('order' || text_hash)
