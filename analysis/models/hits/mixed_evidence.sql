-- hits.mixed_evidence: local words in another language (E12), and the region (E13).
-- Grain: one row per text_hash, evidence_code, source_field, evidence_value.
-- Reads: hits.term_hits, text.text_languages, text.texts.
-- Caveat: E13 says what a text is about and never raises a level.
select distinct
    term_hits.text_hash,
    if(term_hits.concept = 'near_abroad', 'E13', 'E12') as evidence_code,
    'text' as source_field,
    array_to_string(
        list_slice(
            text.words_of(texts.wording),
            term_hits.first_position,
            term_hits.last_position
        ),
        ' '
    ) as evidence_value
from hits.term_hits
inner join text.text_languages
    on term_hits.text_hash = text_languages.text_hash
inner join text.texts
    on term_hits.text_hash = texts.text_hash
where
    (
        term_hits.concept in ('slang_az', 'az_word')
        and text_languages.language_code in ('ru', 'tr')
    )
    or (
        term_hits.concept = 'near_abroad'
        and text_languages.language_code in ('ru', 'tr', 'en')
    )
