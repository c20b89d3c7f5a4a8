-- flags.rule_matches: where a rule's concepts stand near enough to each other.
-- Grain: one row per text_hash, rule_id, trigger_position.
-- Reads: hits.term_hits, staging.rules.
-- Caveat: a match says nothing of voice or negation yet; flags.rule_flags does.
with triggers as (
    select
        rules.rule_id,
        rules.window_words,
        rules.concepts,
        term_hits.text_hash,
        term_hits.term_id,
        term_hits.first_position,
        term_hits.last_position
    from staging.rules
    inner join hits.term_hits
        on rules.concepts[1] = term_hits.concept
),

partners as (
    select
        triggers.text_hash,
        triggers.rule_id,
        triggers.first_position as trigger_position,
        triggers.last_position as trigger_end,
        triggers.term_id as trigger_term_id,
        len(triggers.concepts) - 1 as needed_count,
        partner_hits.concept,
        partner_hits.term_id,
        partner_hits.first_position,
        partner_hits.last_position,
        text.words_between(
            triggers.first_position,
            triggers.last_position,
            partner_hits.first_position,
            partner_hits.last_position
        ) as distance_words
    from triggers
    inner join hits.term_hits as partner_hits
        on
            triggers.text_hash = partner_hits.text_hash
            and list_contains(triggers.concepts[2:], partner_hits.concept)
    where triggers.window_words = 0 or distance_words <= triggers.window_words
),

-- Of each concept that the rule needs, the hit nearest to the trigger.
nearest as (
    select
        text_hash,
        rule_id,
        trigger_position,
        trigger_end,
        trigger_term_id,
        needed_count,
        concept,
        term_id,
        first_position,
        last_position,
        distance_words
    from partners
    qualify row_number() over (
        partition by text_hash, rule_id, trigger_position, concept
        order by
            distance_words asc,
            trigger_end desc,
            trigger_term_id asc,
            first_position asc,
            term_id asc
    ) = 1
)

select
    text_hash,
    rule_id,
    trigger_position,
    max(trigger_end) as trigger_end,
    max(distance_words) as partner_distance,
    least(min(first_position), trigger_position) as evidence_start,
    greatest(max(last_position), max(trigger_end)) as evidence_end,
    list_sort(list_distinct(list_concat(list(term_id), list(trigger_term_id))))
        as term_ids
from nearest
group by text_hash, rule_id, trigger_position
having count(*) = max(needed_count)
