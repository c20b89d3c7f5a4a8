-- text.text_languages: the language of each text, where something tells it.
-- Grain: one row per text_hash.
-- Reads: text.detected_languages, text.language_evidence.
-- Caveat: a tie between two languages, or no evidence at all, has no row.
with ranked as (
    select
        text_hash,
        language_code,
        evidence_count,
        coalesce(lead(evidence_count) over strongest_first, 0) as next_count
    from text.language_evidence
    window
        strongest_first as (
            partition by text_hash
            order by evidence_count desc, language_code asc
        )
    qualify row_number() over strongest_first = 1
)

select
    text_hash,
    split_part(language_code, '-', 1) as language_code,
    if(language_code = 'az-Cyrl', 'Cyrl', null) as script_code,
    'words' as language_method,
    evidence_count
from ranked
where evidence_count > next_count
union all by name
select
    text_hash,
    language_code,
    null as script_code,
    'langdetect' as language_method,
    null as evidence_count
from text.detected_languages
