-- Question: Which texts mean nearly the same as one ad's? (Change the id.)
-- Answer: one row per text, the likest first.
-- Caveat: texts alike in meaning may have nothing else in common.
select
    likeness,
    text_verdict,
    len(ad_ids) as ads_count,
    wording
from similar_ads((select min(ad_id) from marts.flagged_ads), 10)
order by likeness desc, wording asc
