-- Question: Which codes stand together in one ad?
-- Answer: one row per pair of codes.
-- Caveat: a pair says that both readings fit the text, not that one leads to the other.
with coded as (
    select
        ad_id,
        unnest(codes) as code
    from marts.flagged_ads
)

select
    firsts.code as first_code,
    seconds.code as second_code,
    count(*) as ads_count
from coded as firsts
inner join coded as seconds
    on firsts.ad_id = seconds.ad_id and firsts.code < seconds.code
group by firsts.code, seconds.code
order by ads_count desc, first_code asc, second_code asc
