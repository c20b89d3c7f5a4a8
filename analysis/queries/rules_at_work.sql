-- Question: How often does each rule match, and what becomes of its matches?
-- Answer: one row per rule that matched.
-- Caveat: counts matches in distinct texts, not ads; a rule may match a text twice.
select
    rule_flags.rule_id,
    rules.rule_title,
    count(*) as matches_count,
    count(*) filter (where rule_flags.verdict = 'threat') as threat_count,
    count(*) filter (where rule_flags.verdict = 'reported') as reported_count,
    count(*) filter (where rule_flags.verdict = 'by_az') as by_az_count,
    count(*) filter (where rule_flags.verdict = 'none') as silenced_count
from flags.rule_flags
inner join staging.rules
    on rule_flags.rule_id = rules.rule_id
group by rule_flags.rule_id, rules.rule_title
order by matches_count desc, rule_flags.rule_id asc
