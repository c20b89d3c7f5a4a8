-- Question: which advertisers have most ads flagged as threats, and at what cost?
-- Answer: one row per advertiser and currency, most flagged ads first.
-- Caveat: flags are computed, not reviewed. Bands are per currency and never added;
-- an empty flagged_spend_max is open or not told, not zero.
select
    advertisers.advertiser_name,
    advertisers.advertiser_id,
    advertisers.flagged_ads_count as all_flagged_ads_count,
    advertisers.reported_ads_count,
    advertisers.by_az_ads_count,
    advertiser_spend.currency_code,
    advertiser_spend.flagged_ads_count,
    advertiser_spend.flagged_spend_min,
    advertiser_spend.flagged_spend_max
from marts.advertisers
inner join marts.advertiser_spend
    on advertisers.advertiser_id = advertiser_spend.advertiser_id
where advertiser_spend.flagged_ads_count > 0
order by
    all_flagged_ads_count desc,
    advertisers.advertiser_id asc,
    advertiser_spend.currency_code asc
