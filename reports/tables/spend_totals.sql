-- Disclosed spend on the flagged ads of the period, one range per currency.
-- Grain: one row per currency_code.
-- Reads: marts.flagged_ads.
-- Caveat: spend_max is null where any ad of the currency has no upper bound; ads
-- without a currency disclose nothing. Currencies are never converted or added.
select
    currency_code,
    count(*) as ads_count,
    count(*) filter (where spend_max is null) as open_ads_count,
    count(*) filter (where spend_min is null and spend_max is null)
        as undisclosed_ads_count,
    sum(spend_min) as spend_min,
    if(count(*) = count(spend_max), sum(spend_max), null) as spend_max
from marts.flagged_ads
group by currency_code
order by currency_code asc nulls last
