-- Question: How much was spent on flagged ads of each code?
-- Answer: one row per code and currency.
-- Caveat: an ad with two codes counts under both, so do not add rows; whole-life bands.
with coded as (
    select
        unnest(codes) as code,
        currency_code,
        spend_min,
        spend_max
    from marts.flagged_ads
)

select
    code,
    currency_code,
    count(*) as ads_count,
    band(
        sum(spend_min),
        if(count(spend_max) = count(*), sum(spend_max), null),
        currency_code
    ) as spend
from coded
group by code, currency_code
order by code asc, currency_code asc nulls last
