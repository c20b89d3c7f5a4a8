-- Decisions of platforms and states that move the numbers.
-- Grain: one row per policy_date and policy_text.
-- Reads: marts.policy_changes.
-- Caveat: a rise or fall across such a date can be policy and not behaviour.
select
    library,
    policy_text,
    policy_text_az,
    policy_url,
    policy_date
from marts.policy_changes
order by
    policy_date,
    policy_text
