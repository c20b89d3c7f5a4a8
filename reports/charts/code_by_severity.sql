-- Flagged ads by code and severity.
-- Grain: one row per code and severity.
-- Reads: marts.flagged_ads.
-- Caveat: an ad with two codes is counted with both, so cells do not add up to ads.
with coded as (
    select
        severity,
        unnest(list_distinct(codes)) as code
    from marts.flagged_ads
)

select
    code,
    severity,
    count(*) as flagged_ads_count
from coded
group by
    code,
    severity
order by
    code,
    severity
