-- staging.watched_domains: domains that public lists and reports name, with the date.
-- Grain: one row per domain, list_name.
-- Reads: seeds/watched_domains.csv, seeds/sample_archive/watched_domains.csv,
-- staging.archives.
-- Caveat: a list is its publisher's word; a domain may have changed hands since. The
-- invented list stands in an invented archive only.
with listed as (
    from
        read_csv(
            'seeds/watched_domains.csv',
            header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
        )
    union all by name
    from
        read_csv(
            'seeds/sample_archive/watched_domains.csv',
            header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
        )
    where (select archives.is_invented from staging.archives)
)

select
    domain,
    list_name,
    outlet_name,
    status as list_status,
    source as list_source,
    cast(is_distinctive as boolean) as is_distinctive,
    cast(listed_date as date) as listed_date
from listed
