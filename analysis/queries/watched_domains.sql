-- Question: which domains of public watch-lists do ads lead to or name?
-- Answer: one row per domain and list, with the list's date and the ads, most first.
-- Caveat: a dated fact about a domain, as the list's source has it; an ad may lead
-- there to criticise or to report. An empty date is not known.
select
    domain,
    list_name,
    outlet_name,
    list_status,
    list_source,
    listed_date,
    ads_count,
    landing_ads_count,
    flagged_ads_count,
    spend_bands
from marts.watched_domains
order by ads_count desc, domain asc, list_name asc
