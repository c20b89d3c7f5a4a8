-- staging.media_outlets: news outlets of and about Azerbaijan, by their domains.
-- Grain: one row per domain.
-- Reads: seeds/media_outlets.csv.
-- Caveat: not complete; says nothing of who owns an outlet or how it reports.
select
    domain,
    outlet_name,
    string_split(language_codes, ' ') as outlet_language_codes,
    checked as outlet_check,
    source as outlet_source,
    cast(is_distinctive as boolean) as is_distinctive
from read_csv(
    'seeds/media_outlets.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
