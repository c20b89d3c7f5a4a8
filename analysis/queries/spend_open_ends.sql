-- Question: Which flagged ads have no upper end of spend, or none told at all?
-- Answer: one row per ad.
-- Caveat: an open band may hide any amount; it is not zero and not the lower end.
select
    ad_id,
    advertiser_name,
    spend_disclosure,
    band(spend_min, spend_max, currency_code) as spend,
    started_date
from marts.flagged_ads
where spend_max is null
order by spend_disclosure asc, ad_id asc
