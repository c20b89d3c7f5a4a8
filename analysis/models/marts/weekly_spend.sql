-- marts.weekly_spend: what the ads flagged as threats cost, by the week they started.
-- Grain: one row per week_start_date, currency_code.
-- Reads: marts.flagged_ads.
-- Caveat: the library gives one band for an ad's life, put here on its first week;
-- spend_max is null where any band is open or undisclosed.
select
    cast(date_trunc('week', started_date) as date) as week_start_date,
    coalesce(currency_code, 'unknown') as currency_code,
    count(*) as flagged_ads_count,
    count(*) filter (where spend_disclosure = 'open_range') as open_ads_count,
    count(*) filter (where spend_disclosure = 'not_disclosed')
        as undisclosed_ads_count,
    sum(spend_min) as spend_min,
    if(count(*) = count(spend_max), sum(spend_max), null) as spend_max,
    sum(spend_max) as closed_spend_max
from marts.flagged_ads
where started_date is not null
group by all
