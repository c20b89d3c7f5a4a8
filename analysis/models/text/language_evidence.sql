-- text.language_evidence: how many words of a text speak for each language.
-- Grain: one row per text_hash, language_code.
-- Reads: staging.language_words, text.texts, text.vocabulary.
-- Caveat: names travel: one ə in an English text is one word for Azerbaijani, not more.
with lettered as (
    select
        word,
        case
            when contains(word, 'ə') then 'az'
            when regexp_matches(word, '[ҹҝ]') then 'az-Cyrl'
            when regexp_matches(word, '[їєґ]') then 'uk'
            when regexp_matches(word, '\p{Armenian}') then 'hy'
            when regexp_matches(word, '\p{Georgian}') then 'ka'
            when regexp_matches(word, '[پچژگ]') then 'fa'
        end as language_code
    from text.vocabulary
),

speaking as (
    select
        word,
        language_code
    from lettered
    where language_code is not null
    union
    select
        word,
        language_code
    from staging.language_words
),

spoken as (
    select
        text_hash,
        unnest(words) as word
    from text.texts
)

select
    spoken.text_hash,
    speaking.language_code,
    count(*) as evidence_count
from spoken
inner join speaking
    on spoken.word = speaking.word
group by all
