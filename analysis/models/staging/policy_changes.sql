-- staging.policy_changes: dated decisions of platforms and states that move counts.
-- Grain: one row per policy_date, policy_text.
-- Reads: seeds/policy_changes.csv.
-- Caveat: as reported at policy_url; a null library means more than one.
select
    library,
    text as policy_text,
    text_az as policy_text_az,
    source_url as policy_url,
    cast(date as date) as policy_date
from read_csv('seeds/policy_changes.csv', all_varchar = true)
