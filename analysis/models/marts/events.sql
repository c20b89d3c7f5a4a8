-- marts.events: dated events of the crisis, to set beside the ads.
-- Grain: one row per event_date, event_label.
-- Reads: staging.events.
-- Caveat: an event beside a rise explains nothing by itself; mind event_status.
select
    event_label,
    event_label_az,
    event_kind,
    event_status,
    event_url,
    event_date
from staging.events
