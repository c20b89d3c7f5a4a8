-- Flagged ads in the 14 days before and after each event, beside what is usual.
-- Grain: one row per event_date, event_label and window_name.
-- Reads: marts.event_windows, marts.events.
-- Caveat: nearness in time is no cause; the interval is wide where ads are few.
with chosen as (
    select
        event_date,
        event_label
    from marts.event_windows
    group by all
    having sum(flagged_ads_count) > 0
    order by
        sum(flagged_ads_count) desc,
        event_date asc,
        event_label asc
    limit 10
)

select
    event_windows.event_label,
    events.event_label_az,
    event_windows.window_name,
    event_windows.flagged_ads_count,
    event_windows.usual_flagged_count,
    event_windows.flagged_ratio,
    event_windows.flagged_ratio_low,
    event_windows.flagged_ratio_high,
    event_windows.covered_days_count,
    event_windows.event_date
from marts.event_windows
semi join chosen
    on
        event_windows.event_date = chosen.event_date
        and event_windows.event_label = chosen.event_label
inner join marts.events
    on
        event_windows.event_date = events.event_date
        and event_windows.event_label = events.event_label
order by
    event_windows.event_date asc,
    event_windows.event_label asc,
    event_windows.window_name desc
