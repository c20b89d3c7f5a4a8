-- marts.event_windows: ads in the two weeks before and after each event, against usual.
-- Grain: one row per event_date, event_label, window_name.
-- Reads: marts.coverage_days, marts.flagged_ads, staging.ads, staging.events.
-- Caveat: beside an event is not because of it. Compared are advertisers with ads both
-- before and after both windows, on their other covered days; of many events one in
-- twenty stands out by chance alone. Days that were not collected are left out, not
-- taken for zero.
with calendar as (
    select
        library,
        covered_date,
        count(*) filter (where is_covered) over (
            partition by library order by covered_date
        ) as days_until
    from marts.coverage_days
),

starts as (
    select
        ads.library,
        ads.advertiser_id,
        ads.started_date,
        flagged_ads.ad_id is not null as is_flagged
    from staging.ads
    inner join marts.coverage_days
        on
            ads.library = coverage_days.library
            and ads.started_date = coverage_days.covered_date
            and coverage_days.is_covered
    left join marts.flagged_ads
        on ads.ad_id = flagged_ads.ad_id
    where ads.advertiser_id is not null
),

advertisers as (
    select
        library,
        advertiser_id,
        min(started_date) as first_date,
        max(started_date) as last_date
    from starts
    group by library, advertiser_id
),

-- The first and the last ad only say that the advertiser was there: not counted.
inner_starts as (
    select
        starts.advertiser_id,
        starts.started_date,
        starts.is_flagged,
        advertisers.first_date,
        advertisers.last_date
    from starts
    inner join advertisers
        on starts.advertiser_id = advertisers.advertiser_id
    where
        starts.started_date > advertisers.first_date
        and starts.started_date < advertisers.last_date
),

inner_counts as (
    select
        advertiser_id,
        count(*) as ads_count,
        count(*) filter (where is_flagged) as flagged_ads_count
    from inner_starts
    group by advertiser_id
),

inner_days as (
    select
        advertisers.library,
        advertisers.advertiser_id,
        advertisers.first_date,
        advertisers.last_date,
        ends.days_until - beginnings.days_until - 1 as covered_days,
        coalesce(inner_counts.ads_count, 0) as ads_count,
        coalesce(inner_counts.flagged_ads_count, 0) as flagged_ads_count
    from advertisers
    inner join calendar as beginnings
        on
            advertisers.library = beginnings.library
            and advertisers.first_date = beginnings.covered_date
    inner join calendar as ends
        on
            advertisers.library = ends.library
            and advertisers.last_date = ends.covered_date
    left join inner_counts
        on advertisers.advertiser_id = inner_counts.advertiser_id
),

windows as (
    select
        events.event_date,
        events.event_label,
        unnest(['before', 'after']) as window_name,
        unnest([events.event_date - 14, events.event_date]) as window_start_date,
        window_start_date + 13 as window_end_date
    from staging.events
),

window_days as (
    select
        windows.event_date,
        windows.event_label,
        windows.window_name,
        coverage_days.library,
        count(*) filter (where coverage_days.is_covered) as covered_days
    from windows
    inner join marts.coverage_days
        on
            coverage_days.covered_date
            between windows.window_start_date and windows.window_end_date
    group by all
),

both_days as (
    select
        event_date,
        event_label,
        library,
        sum(covered_days) as covered_days
    from window_days
    group by all
),

compared as (
    select
        both_days.event_date,
        both_days.event_label,
        both_days.library,
        inner_days.advertiser_id,
        inner_days.ads_count,
        inner_days.flagged_ads_count,
        inner_days.covered_days - both_days.covered_days as other_days
    from both_days
    inner join inner_days
        on
            both_days.library = inner_days.library
            and inner_days.first_date < both_days.event_date - 14
            and inner_days.last_date > both_days.event_date + 13
),

window_dates as (
    select
        event_date,
        event_label,
        window_name,
        window_start_date + cast(unnest(range(14)) as integer) as started_date
    from windows
),

in_windows as (
    select
        window_dates.event_date,
        window_dates.event_label,
        window_dates.window_name,
        count(*) as ads_count,
        count(*) filter (where inner_starts.is_flagged) as flagged_ads_count
    from window_dates
    inner join inner_starts
        on
            window_dates.started_date = inner_starts.started_date
            and window_dates.event_date - 14 > inner_starts.first_date
            and window_dates.event_date + 13 < inner_starts.last_date
    group by all
),

in_both as (
    select
        event_date,
        event_label,
        sum(ads_count) as ads_count,
        sum(flagged_ads_count) as flagged_ads_count
    from in_windows
    group by all
),

elsewhere as (
    select
        event_date,
        event_label,
        count(*) as advertisers_count,
        sum(ads_count) as ads_count,
        sum(flagged_ads_count) as flagged_ads_count,
        sum(other_days) as advertiser_days
    from compared
    group by all
),

exposed as (
    select
        compared.event_date,
        compared.event_label,
        window_days.window_name,
        sum(window_days.covered_days) as advertiser_days
    from compared
    inner join window_days
        on
            compared.event_date = window_days.event_date
            and compared.event_label = window_days.event_label
            and compared.library = window_days.library
    group by all
),

collected as (
    select
        event_date,
        event_label,
        window_name,
        max(covered_days) as covered_days_count
    from window_days
    group by all
),

-- Ads come in campaigns: their counts vary more than chance alone would make them.
-- How much more, over all whole fortnights, widens every interval.
fortnights as (
    select
        count(starts.started_date) as ads_count,
        count(*) filter (where starts.is_flagged) as flagged_ads_count
    from calendar
    left join starts
        on
            calendar.library = starts.library
            and calendar.covered_date = starts.started_date
    group by
        calendar.library,
        date_diff('day', date '2000-01-01', calendar.covered_date) // 14
    having count(distinct calendar.covered_date) = 14
),

spread as (
    select
        greatest(1, coalesce(var_samp(ads_count) / nullif(avg(ads_count), 0), 1))
            as ads_spread,
        greatest(1, coalesce(
            var_samp(flagged_ads_count) / nullif(avg(flagged_ads_count), 0), 1
        )) as flagged_spread
    from fortnights
),

measured as (
    select
        windows.event_date,
        windows.event_label,
        windows.window_name,
        windows.window_start_date,
        windows.window_end_date,
        coalesce(collected.covered_days_count, 0) as covered_days_count,
        coalesce(elsewhere.advertisers_count, 0) as advertisers_count,
        coalesce(in_windows.ads_count, 0) as ads_count,
        coalesce(in_windows.flagged_ads_count, 0) as flagged_ads_count,
        elsewhere.ads_count - coalesce(in_both.ads_count, 0) as other_ads_count,
        elsewhere.flagged_ads_count - coalesce(in_both.flagged_ads_count, 0)
            as other_flagged_count,
        exposed.advertiser_days / nullif(elsewhere.advertiser_days, 0) as exposure,
        spread.ads_spread,
        spread.flagged_spread
    from windows
    cross join spread
    left join collected
        using (event_date, event_label, window_name)
    left join elsewhere
        using (event_date, event_label)
    left join in_windows
        using (event_date, event_label, window_name)
    left join in_both
        using (event_date, event_label)
    left join exposed
        using (event_date, event_label, window_name)
)

select
    event_label,
    window_name,
    advertisers_count,
    covered_days_count,
    ads_count,
    round(other_ads_count * exposure, 2) as usual_ads_count,
    round(text.rate_ratio(ads_count, other_ads_count, exposure), 3) as ads_ratio,
    round(text.rate_ratio_end(
        ads_count, other_ads_count, exposure, ads_spread, -1
    ), 3) as ads_ratio_low,
    round(text.rate_ratio_end(
        ads_count, other_ads_count, exposure, ads_spread, 1
    ), 3) as ads_ratio_high,
    flagged_ads_count,
    round(other_flagged_count * exposure, 2) as usual_flagged_count,
    round(text.rate_ratio(flagged_ads_count, other_flagged_count, exposure), 3)
        as flagged_ratio,
    round(text.rate_ratio_end(
        flagged_ads_count, other_flagged_count, exposure, flagged_spread, -1
    ), 3) as flagged_ratio_low,
    round(text.rate_ratio_end(
        flagged_ads_count, other_flagged_count, exposure, flagged_spread, 1
    ), 3) as flagged_ratio_high,
    text.window_caveat(
        covered_days_count,
        advertisers_count,
        ads_count,
        usual_ads_count,
        ads_ratio_low,
        ads_ratio_high
    ) as ads_caveat,
    text.window_caveat(
        covered_days_count,
        advertisers_count,
        flagged_ads_count,
        usual_flagged_count,
        flagged_ratio_low,
        flagged_ratio_high
    ) as flagged_caveat,
    event_date,
    window_start_date,
    window_end_date
from measured
