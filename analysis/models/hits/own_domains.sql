-- hits.own_domains: landing domains of advertisers, without those that anybody uses.
-- Grain: one row per advertiser_id, landing_domain.
-- Reads: staging.ads, staging.generic_domains.
-- Caveat: the host that an ad's caption shows; where a click leads may differ.
with domains as (
    select
        advertiser_id,
        regexp_replace(lower(landing_domain), '^www[.]', '') as landing_domain,
        count(*) as ads_count,
        min(started_date) as first_started_date,
        max(started_date) as last_started_date
    from staging.ads
    where landing_domain is not null and advertiser_id is not null
    group by all
)

select
    domains.advertiser_id,
    domains.landing_domain,
    domains.ads_count,
    domains.first_started_date,
    domains.last_started_date
from domains
anti join staging.generic_domains
    on
        domains.landing_domain = generic_domains.generic_domain
        or (
            generic_domains.has_subdomains
            and ends_with(
                domains.landing_domain, '.' || generic_domains.generic_domain
            )
        )
