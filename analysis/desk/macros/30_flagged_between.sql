-- noqa: disable=LT02,AM04,RF02,RF03
-- flagged_between('2025-08-26', '2025-09-01'): flagged ads that started from the first
-- to the last day, both included; ads without a first day are in no period.
create macro flagged_between(first_day, last_day) as table
select flagged_ads.*
from marts.flagged_ads
where
    flagged_ads.started_date >= cast(first_day as date)
    and flagged_ads.started_date <= cast(last_day as date)
order by flagged_ads.started_date, flagged_ads.ad_id;
