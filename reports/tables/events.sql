-- Dated public events, for orientation beside a chart.
-- Grain: one row per event.
-- Reads: marts.events.
-- Caveat: nearness in time is no cause; the status tells facts from claims.
select
    event_label,
    event_label_az,
    event_kind,
    event_status,
    event_date
from marts.events
order by
    event_date,
    event_label,
    event_kind
