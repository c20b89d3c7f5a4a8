-- staging.link_services: services whose links do not show where they lead.
-- Grain: one row per domain.
-- Reads: seeds/link_services.csv.
-- Caveat: most shortened links are ordinary.
select
    domain,
    service_kind,
    service_name
from read_csv(
    'seeds/link_services.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
