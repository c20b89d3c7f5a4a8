-- staging.watched_domains: domains that public lists and reports name, with the date.
-- Grain: one row per domain, list_name.
-- Reads: seeds/watched_domains.csv.
-- Caveat: a list is its publisher's word; a domain may have changed hands since.
select
    domain,
    list_name,
    outlet_name,
    status as list_status,
    source as list_source,
    cast(is_distinctive as boolean) as is_distinctive,
    cast(listed_date as date) as listed_date
from read_csv(
    'seeds/watched_domains.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
