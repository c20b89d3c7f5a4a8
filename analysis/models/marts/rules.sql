-- marts.rules: every rule in use and how many ads it flagged.
-- Grain: one row per rule_id.
-- Reads: marts.flagged_ads, staging.codes, staging.rules.
-- Caveat: an experimental rule has not been measured on enough texts.
with used as (
    select
        unnest(rule_ids) as rule_id,
        ad_id
    from marts.flagged_ads
)

select
    rules.rule_id,
    rules.code,
    rules.rule_title,
    rules.rule_title_az,
    codes.code_name,
    rules.rule_status,
    rules.known_false_positives,
    rules.known_false_positives_az,
    rules.severity,
    count(distinct used.ad_id) as flagged_ads_count
from staging.rules
inner join staging.codes
    on rules.code = codes.code
left join used
    on rules.rule_id = used.rule_id
group by all
