-- Domains on watch-lists that ads of the archive lead to or name.
-- Grain: one row per domain and list_name.
-- Reads: marts.watched_domains.
-- Caveat: being on a list is a dated fact about a domain; it flags no ad. An ad may
-- lead there to criticise or to report. The whole archive.
select
    domain,
    list_name,
    list_status,
    ads_count,
    landing_ads_count,
    flagged_ads_count,
    listed_date
from marts.watched_domains
order by
    flagged_ads_count desc,
    ads_count desc,
    domain asc,
    list_name asc
limit 20
