-- Flagged ads of the period that their library no longer shows.
-- Grain: one row per ad_id.
-- Reads: marts.advertisers, marts.flagged_ads, marts.vanished_ads.
-- Caveat: gone from the library's answers; why is not known.
select
    vanished_ads.ad_id,
    vanished_ads.library_url,
    vanished_ads.advertiser_id,
    vanished_ads.advertiser_name,
    flagged_ads.codes,
    coalesce(advertisers.ads_count, 0) as advertiser_ads_count,
    vanished_ads.started_date,
    cast(epoch(vanished_ads.last_collected_at) as bigint) as last_collected_epoch,
    cast(epoch(vanished_ads.vanished_at) as bigint) as vanished_epoch
from marts.vanished_ads
inner join marts.flagged_ads
    on vanished_ads.ad_id = flagged_ads.ad_id
left join marts.advertisers
    on vanished_ads.advertiser_id = advertisers.advertiser_id
where not vanished_ads.is_shown_elsewhere
order by
    vanished_ads.started_date asc nulls last,
    vanished_ads.ad_id asc
