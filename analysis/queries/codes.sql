-- Question: Which threat codes do the flagged ads carry, and how many texts is that?
-- Answer: one row per code, the most frequent first.
-- Caveat: an ad with two codes counts under both, so the rows do not add up.
with coded as (
    select
        ad_id,
        text_hash,
        is_high,
        unnest(codes) as code
    from marts.flagged_ads
)

select
    coded.code,
    codes.code_name,
    count(*) as ads_count,
    count(distinct coded.text_hash) as texts_count,
    count(*) filter (where coded.is_high) as high_ads_count
from coded
inner join staging.codes
    on coded.code = codes.code
group by coded.code, codes.code_name
order by ads_count desc, coded.code asc
