-- Question: How much of a week's disclosed impressions went to which audience, in which
-- language?
-- Answer: one row per week, audience level and language, newest week first.
-- Caveat: shares are ranges over disclosed impressions; null is an open end.
select
    week_start_date,
    audience_level,
    language_code,
    ads_count,
    flagged_ads_count,
    impressions_min,
    impressions_max,
    impressions_share_min,
    impressions_share_max
from marts.audience_reach
order by week_start_date desc, audience_level desc, language_code asc;
