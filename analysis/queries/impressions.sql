-- Question: How often were flagged ads of each code shown, at least and at most?
-- Answer: one row per code.
-- Caveat: impressions are bands of views, not people; an ad counts under each code.
with coded as (
    select
        unnest(codes) as code,
        impressions_min,
        impressions_max
    from marts.flagged_ads
)

select
    code,
    count(*) as ads_count,
    count(*) filter (where impressions_max is null) as open_ads_count,
    band(
        sum(impressions_min),
        if(count(impressions_max) = count(*), sum(impressions_max), null),
        'impressions'
    ) as impressions
from coded
group by code
order by code asc
