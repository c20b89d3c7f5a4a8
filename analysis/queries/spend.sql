-- Question: How much was spent on flagged ads, at least and at most, in each currency?
-- Answer: one row per currency.
-- Caveat: sums of the library's own bands for the whole life of each ad; never add
-- currencies; no upper end where any ad has none.
with summed as (
    select
        currency_code,
        count(*) as ads_count,
        count(*) filter (where spend_disclosure = 'open_range') as open_ads_count,
        count(*) filter (where spend_min is null and spend_max is null)
            as undisclosed_ads_count,
        sum(spend_min) as spend_min,
        if(count(spend_max) = count(*), sum(spend_max), null) as spend_max
    from marts.flagged_ads
    group by currency_code
)

select
    currency_code,
    ads_count,
    open_ads_count,
    undisclosed_ads_count,
    spend_min,
    spend_max,
    band(spend_min, spend_max, currency_code) as spend
from summed
order by ads_count desc, currency_code asc nulls last
