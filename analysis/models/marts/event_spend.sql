-- marts.event_spend: what ads that began around each event cost, against usual.
-- Grain: one row per event_date, event_label, window_name, currency_code.
-- Reads: marts.coverage_days, marts.event_windows, marts.flagged_ads, staging.ads.
-- Caveat: a band is of the ad's whole life, not of the window; all advertisers; upper
-- bounds are null where any band is open or undisclosed; usual is what the other
-- covered days make for as many days, and null where there are none.
-- Ads of one day count together: every window looks at every day.
with spends as (
    select
        ads.library,
        coalesce(ads.currency_code, 'unknown') as currency_code,
        ads.started_date,
        count(*) as ads_count,
        count(*) filter (where flagged_ads.ad_id is not null) as flagged_ads_count,
        count(ads.spend_max) as closed_count,
        count(ads.spend_max) filter (where flagged_ads.ad_id is not null)
            as closed_flagged_count,
        sum(ads.spend_min) as spend_min,
        sum(ads.spend_max) as spend_max,
        sum(ads.spend_min) filter (where flagged_ads.ad_id is not null)
            as flagged_spend_min,
        sum(ads.spend_max) filter (where flagged_ads.ad_id is not null)
            as flagged_spend_max
    from staging.ads
    inner join marts.coverage_days
        on
            ads.library = coverage_days.library
            and ads.started_date = coverage_days.covered_date
            and coverage_days.is_covered
    left join marts.flagged_ads
        on ads.ad_id = flagged_ads.ad_id
    group by all
),

inside as (
    select
        event_windows.event_date,
        event_windows.event_label,
        event_windows.window_name,
        spends.library,
        spends.currency_code,
        sum(spends.ads_count) as ads_count,
        sum(spends.flagged_ads_count) as flagged_ads_count,
        sum(spends.closed_count) as closed_count,
        sum(spends.closed_flagged_count) as closed_flagged_count,
        sum(spends.spend_min) as spend_min,
        sum(spends.spend_max) as spend_max,
        sum(spends.flagged_spend_min) as flagged_spend_min,
        sum(spends.flagged_spend_max) as flagged_spend_max
    from marts.event_windows
    inner join spends
        on
            spends.started_date
            between event_windows.window_start_date
            and event_windows.window_end_date
    group by all
),

outside as (
    select
        event_windows.event_date,
        event_windows.event_label,
        event_windows.window_name,
        spends.library,
        spends.currency_code,
        sum(spends.ads_count) = sum(spends.closed_count) as is_closed,
        sum(spends.spend_min) as spend_min,
        sum(spends.spend_max) as spend_max
    from marts.event_windows
    inner join spends
        on
            spends.started_date
            not between event_windows.event_date - 14 and event_windows.event_date + 13
    group by all
),

days as (
    select
        event_windows.event_date,
        event_windows.event_label,
        event_windows.window_name,
        coverage_days.library,
        count(*) filter (
            where coverage_days.covered_date
            between event_windows.window_start_date
            and event_windows.window_end_date
        ) / nullif(count(*) filter (
            where coverage_days.covered_date
            not between event_windows.event_date - 14
            and event_windows.event_date + 13
        ), 0) as exposure
    from marts.event_windows
    cross join marts.coverage_days
    where coverage_days.is_covered
    group by all
),

usual as (
    select
        outside.event_date,
        outside.event_label,
        outside.window_name,
        outside.currency_code,
        round(sum(outside.spend_min * days.exposure), 2) as spend_min,
        if(
            bool_and(outside.is_closed),
            round(sum(outside.spend_max * days.exposure), 2),
            null
        ) as spend_max
    from outside
    inner join days
        using (event_date, event_label, window_name, library)
    group by all
)

select
    inside.event_label,
    inside.window_name,
    inside.currency_code,
    cast(sum(inside.ads_count) as bigint) as ads_count,
    cast(sum(inside.flagged_ads_count) as bigint) as flagged_ads_count,
    sum(inside.spend_min) as spend_min,
    if(
        sum(inside.ads_count) = sum(inside.closed_count), sum(inside.spend_max), null
    ) as spend_max,
    any_value(usual.spend_min) as usual_spend_min,
    any_value(usual.spend_max) as usual_spend_max,
    sum(inside.flagged_spend_min) as flagged_spend_min,
    if(
        sum(inside.flagged_ads_count) = sum(inside.closed_flagged_count),
        sum(inside.flagged_spend_max),
        null
    ) as flagged_spend_max,
    inside.event_date
from inside
left join usual
    using (event_date, event_label, window_name, currency_code)
group by all
