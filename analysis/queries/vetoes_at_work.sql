-- Question: Which vetoes silence or turn how many rule matches?
-- Answer: one row per veto and rule.
-- Caveat: two vetoes may silence the same match; both are counted.
with vetoed as (
    select
        rule_id,
        verdict,
        unnest(veto_ids) as veto_id
    from flags.rule_flags
)

select
    vetoed.veto_id,
    vetoes.effect,
    vetoed.rule_id,
    vetoed.verdict,
    count(*) as matches_count
from vetoed
inner join staging.vetoes
    on vetoed.veto_id = vetoes.veto_id
group by vetoed.veto_id, vetoes.effect, vetoed.rule_id, vetoed.verdict
order by
    matches_count desc, vetoed.veto_id asc, vetoed.rule_id asc, vetoed.verdict asc
