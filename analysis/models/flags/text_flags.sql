-- flags.text_flags: what the rules together say of each text that meets any.
-- Grain: one row per text_hash.
-- Reads: flags.rule_flags, staging.rules, text.texts.
-- Caveat: computed and not reviewed by a person; T5c is never a threat.
with told as (
    select
        rule_flags.text_hash,
        rule_flags.rule_id,
        rule_flags.code,
        rule_flags.severity,
        rule_flags.term_ids,
        rule_flags.evidence_start,
        rule_flags.evidence_end,
        rule_flags.voice,
        if(rule_flags.code = 'T5c', 'review', rule_flags.verdict) as verdict,
        rules.rule_status
    from flags.rule_flags
    inner join staging.rules
        on rule_flags.rule_id = rules.rule_id
    where rule_flags.verdict != 'none'
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
    decided.text_verdict,
    list_sort(list_distinct(list(told.code))) as codes,
    list_sort(list_distinct(list(told.rule_id))) as rule_ids,
    list_sort(list_distinct(flatten(list(told.term_ids)))) as term_ids,
    max(told.voice) as voice,
    max(told.severity) as severity,
    text.quote_of(
        any_value(texts.wording),
        min(told.evidence_start),
        max(told.evidence_end)
    ) as quote,
    min(told.evidence_start) as evidence_start,
    max(told.evidence_end) as evidence_end,
    decided.text_verdict = 'threat' as is_threat,
    decided.text_verdict = 'threat' and max(told.severity) >= 3 as is_high,
    bool_and(told.rule_status = 'experimental') as is_experimental
from told
inner join decided
    on
        told.text_hash = decided.text_hash
        and told.verdict = decided.text_verdict
inner join text.texts
    on told.text_hash = texts.text_hash
group by told.text_hash, decided.text_verdict
