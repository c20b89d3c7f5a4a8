-- marts.policy_changes: dates across which a rise or fall can be policy.
-- Grain: one row per policy_date, policy_text.
-- Reads: staging.policy_changes.
-- Caveat: not all changes of all platforms; nearness in time is no proof either.
select
    library,
    policy_text,
    policy_text_az,
    policy_url,
    policy_date
from staging.policy_changes
