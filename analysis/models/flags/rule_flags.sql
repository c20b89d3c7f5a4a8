-- flags.rule_flags: what each rule match amounts to once voice and negation are read.
-- Grain: one row per text_hash, rule_id, trigger_position.
-- Reads: flags.rule_matches, hits.term_hits, staging.rules, staging.vetoes,
-- text.quotations.
-- Caveat: a verdict follows words; voice and irony that words do not show are missed.
with vetoed as (
    select
        rule_matches.text_hash,
        rule_matches.rule_id,
        rule_matches.trigger_position,
        vetoes.veto_id,
        vetoes.effect,
        term_hits.term_id,
        text.words_between(
            rule_matches.trigger_position,
            rule_matches.trigger_end,
            term_hits.first_position,
            term_hits.last_position
        ) as distance_words
    from flags.rule_matches
    inner join staging.rules
        on rule_matches.rule_id = rules.rule_id
    inner join staging.vetoes
        on
            list_contains(vetoes.codes, '*')
            or list_contains(vetoes.codes, rules.code)
    inner join hits.term_hits
        on
            rule_matches.text_hash = term_hits.text_hash
            and vetoes.concept = term_hits.concept
    where
        (vetoes.window_words = 0 or distance_words <= vetoes.window_words)
        -- Another state is the target only where it stands nearer than Azerbaijan.
        and (
            vetoes.effect != 'other_target'
            or distance_words < rule_matches.partner_distance
        )
    union all
    -- What stands in quotation marks inside a text of one's own is another's.
    select
        rule_matches.text_hash,
        rule_matches.rule_id,
        rule_matches.trigger_position,
        'v-quotation' as veto_id,
        'reported' as effect,
        null as term_id,
        0 as distance_words
    from flags.rule_matches
    inner join text.quotations
        on
            rule_matches.text_hash = quotations.text_hash
            and rule_matches.trigger_position
            between quotations.first_position and quotations.last_position
),

effects as (
    select
        text_hash,
        rule_id,
        trigger_position,
        list_sort(list_distinct(list(effect))) as effects,
        list_sort(list_distinct(list(veto_id))) as veto_ids,
        list_sort(list_distinct(
            list(term_id) filter (where term_id is not null)
        )) as veto_term_ids
    from vetoed
    group by text_hash, rule_id, trigger_position
)

select
    rule_matches.text_hash,
    rule_matches.rule_id,
    rules.code,
    rules.severity,
    rule_matches.trigger_position,
    rule_matches.evidence_start,
    rule_matches.evidence_end,
    rule_matches.term_ids,
    coalesce(effects.veto_ids, []) as veto_ids,
    coalesce(effects.veto_term_ids, []) as veto_term_ids,
    case
        when effects.effects is null then 'threat'
        when
            list_has_any(
                effects.effects, ['benign', 'negated', 'historical', 'other_target']
            )
            then 'none'
        when list_contains(effects.effects, 'by_az') then 'by_az'
        when list_has_any(effects.effects, ['reported', 'condemned']) then 'reported'
        when list_contains(effects.effects, 'hypothetical') then 'review'
    end as verdict,
    case
        when list_contains(effects.effects, 'condemned') then 'V4'
        when list_contains(effects.effects, 'reported') then 'V3'
        else 'V1'
    end as voice
from flags.rule_matches
inner join staging.rules
    on rule_matches.rule_id = rules.rule_id
left join effects
    on
        rule_matches.text_hash = effects.text_hash
        and rule_matches.rule_id = effects.rule_id
        and rule_matches.trigger_position = effects.trigger_position
