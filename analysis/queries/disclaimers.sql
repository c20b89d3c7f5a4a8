-- Question: How many ads say who paid, flagged ones and all?
-- Answer: one row per library and kind of ad.
-- Caveat: a disclaimer is what the advertiser declared; nobody verified it.
select
    ads.library,
    flagged_ads.ad_id is not null as is_flagged,
    count(*) as ads_count,
    count(ads.funder) as with_funder_count,
    count(*) filter (where ads.funder = ads.advertiser_name) as own_name_count,
    count(distinct ads.funder) as funders_count
from staging.ads
left join marts.flagged_ads
    on ads.ad_id = flagged_ads.ad_id
group by ads.library, is_flagged
order by ads.library asc, is_flagged desc
