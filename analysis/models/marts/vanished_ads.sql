-- marts.vanished_ads: ads that their library no longer shows where it once did.
-- Grain: one row per ad_id.
-- Reads: marts.flagged_ads, staging.ad_sightings, staging.ads, staging.disappearances.
-- Caveat: says that the ad is gone from answers, not why: removal by the library, by
-- the advertiser, a term that ended, or a change of rules all look alike.
with gone as (
    select
        ad_id,
        max(last_seen_run_id) as last_seen_run_id,
        max(vanished_run_id) as vanished_run_id,
        max(vanished_at) as vanished_at,
        list_sort(list_distinct(list(query_id))) as query_ids
    from staging.disappearances
    group by ad_id
),

seen as (
    select
        ad_id,
        max(run_id) as newest_run_id
    from staging.ad_sightings
    group by ad_id
)

select
    gone.ad_id,
    ads.library,
    ads.library_url,
    ads.advertiser_id,
    ads.advertiser_name,
    ads.funder,
    gone.query_ids,
    gone.last_seen_run_id,
    gone.vanished_run_id,
    ads.currency_code,
    ads.spend_min,
    ads.spend_max,
    coalesce(seen.newest_run_id >= gone.vanished_run_id, false) as is_shown_elsewhere,
    flagged_ads.ad_id is not null as is_flagged,
    ads.started_date,
    ads.stopped_date,
    ads.last_collected_at,
    gone.vanished_at
from gone
inner join staging.ads
    on gone.ad_id = ads.ad_id
left join seen
    on gone.ad_id = seen.ad_id
left join marts.flagged_ads
    on gone.ad_id = flagged_ads.ad_id
