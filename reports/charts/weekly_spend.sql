-- Spend on flagged ads, as the range that the libraries disclose, by week of start.
-- Grain: one row per week_start_date and currency_code.
-- Reads: marts.weekly_spend.
-- Caveat: spend_max is null when an ad of the week has no upper bound or no spend;
-- currencies are never converted or added.
select
    currency_code,
    flagged_ads_count,
    open_ads_count,
    undisclosed_ads_count,
    spend_min,
    spend_max,
    closed_spend_max,
    week_start_date
from marts.weekly_spend
order by
    currency_code asc nulls last,
    week_start_date asc
