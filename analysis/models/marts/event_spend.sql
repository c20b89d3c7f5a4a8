-- marts.event_spend: what ads that began around each event cost, per currency.
-- Grain: one row per event_date, event_label, window_name, currency_code.
-- Reads: marts.event_windows, marts.flagged_ads, staging.ads.
-- Caveat: a band is of the ad's whole life, not of the window; all advertisers; upper
-- bounds are null where any band is open or undisclosed.
select
    event_windows.event_label,
    event_windows.window_name,
    coalesce(ads.currency_code, 'unknown') as currency_code,
    count(*) as ads_count,
    count(flagged_ads.ad_id) as flagged_ads_count,
    sum(ads.spend_min) as spend_min,
    if(count(*) = count(ads.spend_max), sum(ads.spend_max), null) as spend_max,
    sum(ads.spend_min) filter (where flagged_ads.ad_id is not null)
        as flagged_spend_min,
    case
        when
            count(flagged_ads.ad_id)
            = count(ads.spend_max) filter (where flagged_ads.ad_id is not null)
            then sum(ads.spend_max) filter (where flagged_ads.ad_id is not null)
    end as flagged_spend_max,
    event_windows.event_date
from marts.event_windows
inner join staging.ads
    on
        ads.started_date
        between event_windows.window_start_date and event_windows.window_end_date
left join marts.flagged_ads
    on ads.ad_id = flagged_ads.ad_id
group by all
