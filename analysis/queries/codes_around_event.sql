-- Question: Which codes started in the week before and the week after one event?
-- (Change the words of the event.)
-- Answer: one row per code.
-- Caveat: what follows an event is not thereby caused by it; few ads make any change
-- look big.
with event as (
    select
        event_label,
        event_date
    from marts.events
    where event_label like 'Al Arabiya%'
),

coded as (
    select
        flagged_ads.started_date,
        unnest(flagged_ads.codes) as code
    from marts.flagged_ads
)

select
    event.event_label,
    coded.code,
    count(*) filter (
        where coded.started_date between event.event_date - 7 and event.event_date - 1
    ) as ads_before_count,
    count(*) filter (
        where coded.started_date between event.event_date + 1 and event.event_date + 7
    ) as ads_after_count
from coded
cross join event
group by event.event_label, coded.code
order by coded.code asc
