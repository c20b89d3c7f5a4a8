-- Impressions of the flagged ads of the period, as one range.
-- Grain: one row.
-- Reads: marts.flagged_ads.
-- Caveat: the range is that of the ads whose library gives one; impressions_max is
-- null where any of them has no upper bound.
select
    count(*) filter (where has_range) as known_ads_count,
    count(*) filter (where not has_range) as undisclosed_ads_count,
    sum(impressions_min) as impressions_min,
    if(
        count(*) filter (where has_range) = count(impressions_max),
        sum(impressions_max),
        null
    ) as impressions_max
from (
    select
        impressions_min,
        impressions_max,
        impressions_min is not null or impressions_max is not null as has_range
    from marts.flagged_ads
) as bounded
