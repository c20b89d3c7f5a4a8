-- Question: On what evidence does each audience level rest?
-- Answer: one row per level and kind of evidence, with how many ads have it.
-- Caveat: an ad with several kinds counts under each; grade D never raises a level.
select
    audience_level,
    evidence_code,
    evidence_name,
    evidence_grade,
    count(distinct ad_id) as ads_count,
    count(distinct ad_id) filter (where is_flagged) as flagged_ads_count
from marts.audience_evidence
group by all
order by audience_level desc, ads_count desc, evidence_code asc;
