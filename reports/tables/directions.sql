-- Ads with hostile rhetoric by code and by direction.
-- Grain: one row per code.
-- Reads: marts.flagged_ads, marts.other_verdicts.
-- Caveat: an ad with two codes is in both lines; by Azerbaijan is never flagged.
with coded as (
    select
        unnest(codes) as code,
        1 as toward,
        0 as by_az
    from marts.flagged_ads
    union all by name
    select
        unnest(codes) as code,
        0 as toward,
        1 as by_az
    from marts.other_verdicts
    where text_verdict = 'by_az'
)

select
    code,
    cast(sum(toward) as bigint) as toward_ads_count,
    cast(sum(by_az) as bigint) as by_az_ads_count
from coded
group by code
order by code
