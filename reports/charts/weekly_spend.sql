-- Spend on flagged ads, as the range that the libraries disclose, by week of start.
-- Grain: one row per week_start_date and currency_code.
-- Reads: marts.flagged_ads.
-- Caveat: spend_max is null when an ad of the week has no upper bound or no spend;
-- currencies are never converted or added.
select
    coalesce(currency_code, 'unknown') as currency_code,
    count(*) as flagged_ads_count,
    count(*) filter (where spend_min is null and spend_max is null)
        as undisclosed_ads_count,
    sum(spend_min) as spend_min,
    if(count(*) = count(spend_max), sum(spend_max), null) as spend_max,
    sum(spend_max) as closed_spend_max,
    cast(date_trunc('week', started_date) as date) as week_start_date
from marts.flagged_ads
where started_date is not null
group by all
order by
    currency_code asc nulls last,
    week_start_date asc
