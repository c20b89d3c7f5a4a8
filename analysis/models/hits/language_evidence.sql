-- hits.language_evidence: texts in Azerbaijani, on the word of two methods (E4).
-- Grain: one row per text_hash.
-- Reads: hits.term_hits, text.text_languages, text.texts.
-- Caveat: the second method is langdetect, letters that tell Azerbaijani from its
-- neighbours (codebook 5.4), or words only it has.
with az_words as (
    select
        text_hash,
        count(distinct first_position) as word_count
    from hits.term_hits
    where concept = 'az_word'
    group by text_hash
),

-- Made once for each text: a macro's argument is worked out anew wherever it stands.
candidates as materialized (
    select
        texts.text_hash,
        texts.wording,
        text.pieces_of(texts.wording) as pieces,
        text_languages.script_code,
        text_languages.second_language_code,
        text_languages.is_language_certain
    from text.texts
    inner join text.text_languages
        on texts.text_hash = text_languages.text_hash
    where text_languages.language_code = 'az'
)

select
    candidates.text_hash,
    'E4' as evidence_code,
    'text' as source_field,
    'az' as evidence_value
from candidates
left join az_words
    on candidates.text_hash = az_words.text_hash
where
    (
        candidates.second_language_code = 'az'
        or (
            candidates.is_language_certain
            and (
                az_words.word_count >= 1
                or candidates.script_code = 'Arab'
                or length(
                    regexp_replace(
                        lower(text.readable(candidates.wording)),
                        '[^əqxәҹҝғјөүһ]',
                        '',
                        'g'
                    )
                ) >= 2
            )
        )
    )
    and text.letters_without_names(candidates.pieces) >= 20
