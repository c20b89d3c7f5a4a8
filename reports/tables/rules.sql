-- The rules in force and how many ads each flagged.
-- Grain: one row per rule_id.
-- Reads: marts.rules.
-- Caveat: an ad that meets two rules is counted with both.
select
    rule_id,
    code,
    rule_title,
    rule_status,
    known_false_positives,
    severity,
    flagged_ads_count
from marts.rules
order by
    code,
    rule_id
