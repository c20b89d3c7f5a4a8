-- Question: Which flagged ads are the severest, and what do they say?
-- Answer: one row per flagged ad, severest first.
-- Caveat: a flag is a program's reading until is_reviewed; read the ad before you
-- print.
select
    ad_id,
    advertiser_name,
    language_code,
    codes,
    severity,
    quote,
    flagged_by,
    is_reviewed,
    started_date
from marts.flagged_ads
order by severity desc, started_date asc nulls last, ad_id asc
limit 25
