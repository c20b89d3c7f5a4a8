-- Flagged ads by language and code.
-- Grain: one row per language_code and code.
-- Reads: marts.flagged_ads.
-- Caveat: an ad with two codes is counted with both; a null language is undetermined.
with coded as (
    select
        language_code,
        unnest(list_distinct(codes)) as code
    from marts.flagged_ads
)

select
    language_code,
    code,
    count(*) as flagged_ads_count
from coded
group by
    language_code,
    code
order by
    language_code asc nulls last,
    code asc
