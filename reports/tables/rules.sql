-- The rules in force and how many ads of the period each flagged.
-- Grain: one row per rule_id.
-- Reads: marts.flagged_ads, marts.rules.
-- Caveat: an ad that meets two rules is counted with both.
with used as (
    select
        rule_id,
        count(*) as flagged_ads_count
    from (select unnest(rule_ids) as rule_id from marts.flagged_ads) as met
    group by rule_id
)

select
    rules.rule_id,
    rules.code,
    rules.rule_title,
    rules.rule_title_az,
    rules.rule_status,
    rules.known_false_positives,
    rules.known_false_positives_az,
    rules.severity,
    coalesce(used.flagged_ads_count, 0) as flagged_ads_count
from marts.rules
left join used
    on rules.rule_id = used.rule_id
order by
    rules.code,
    rules.rule_id
