-- staging.generic_domains: host names that so many use that they link nobody.
-- Grain: one row per generic_domain.
-- Reads: seeds/generic_domains.csv.
-- Caveat: a short list; a host that is missing here may link advertisers by chance.
select
    domain as generic_domain,
    kind as generic_kind,
    cast(has_subdomains as boolean) as has_subdomains
from read_csv(
    'seeds/generic_domains.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
