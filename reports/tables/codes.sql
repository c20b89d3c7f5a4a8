-- Flagged ads by code of the codebook.
-- Grain: one row per code.
-- Reads: marts.flagged_ads.
-- Caveat: an ad with two codes is in both lines, so lines do not add up.
with coded as (
    select
        ad_id,
        text_hash,
        audience_level,
        is_high,
        unnest(list_distinct(codes)) as code
    from marts.flagged_ads
)

select
    code,
    count(*) as ads_count,
    count(distinct text_hash) as texts_count,
    count(*) filter (where is_high) as high_ads_count,
    count(*) filter (where audience_level >= 2) as near_ads_count
from coded
group by code
order by code
