-- flags.rule_verdicts: what the rules together say of each text that meets any.
-- Grain: one row per text_hash.
-- Reads: flags.rule_flags.
-- Caveat: one of two voices: flags.text_flags also hears the semantic score.
with told as (
    select
        text_hash,
        rule_id,
        code,
        severity,
        term_ids,
        evidence_start,
        evidence_end,
        voice,
        if(code = 'T5c', 'review', verdict) as verdict
    from flags.rule_flags
    where verdict != 'none'
),

-- The strongest verdict decides which matches are the evidence.
decided as (
    select
        text_hash,
        case
            when bool_or(verdict = 'threat') then 'threat'
            when bool_or(verdict = 'reported') then 'reported'
            when bool_or(verdict = 'by_az') then 'by_az'
            else 'review'
        end as text_verdict
    from told
    group by text_hash
)

select
    told.text_hash,
    decided.text_verdict as rule_verdict,
    list_sort(list_distinct(list(told.code))) as codes,
    list_sort(list_distinct(list(told.rule_id))) as rule_ids,
    list_sort(list_distinct(flatten(list(told.term_ids)))) as term_ids,
    max(told.voice) as voice,
    max(told.severity) as severity,
    min(told.evidence_start) as evidence_start,
    max(told.evidence_end) as evidence_end
from told
inner join decided
    on
        told.text_hash = decided.text_hash
        and told.verdict = decided.text_verdict
group by told.text_hash, decided.text_verdict
