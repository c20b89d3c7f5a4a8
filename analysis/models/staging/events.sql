-- staging.events: dated events of the crisis, to set beside the ads.
-- Grain: one row per event_date, event_label.
-- Reads: seeds/events.csv.
-- Caveat: an event beside a rise explains nothing by itself.
select
    cast(date as date) as event_date,
    label as event_label,
    label_az as event_label_az,
    kind as event_kind,
    status as event_status,
    source as event_source,
    source_url as event_url
from read_csv(
    'seeds/events.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
