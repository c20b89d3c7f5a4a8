-- hits.unlisted_hosts: hosts of ads that belong to no known outlet and to no list.
-- Grain: one row per host.
-- Reads: hits.outlet_domains, staging.link_services, staging.watched_domains,
-- text.ad_hosts, text.domains, text.skeletons.
-- Caveat: unlisted is the ordinary case.
with known as (
    select matched_domain as registrable_domain
    from hits.outlet_domains
    union
    select domains.registrable_domain
    from staging.watched_domains
    inner join text.domains
        on watched_domains.domain = domains.host
    union
    select domains.registrable_domain
    from staging.link_services
    inner join text.domains
        on link_services.domain = domains.host
)

select distinct
    domains.host,
    domains.shown_host,
    domains.domain_label,
    domains.domain_suffix,
    skeletons.skeleton
from text.ad_hosts
inner join text.domains
    on ad_hosts.host = domains.host
inner join text.skeletons
    on domains.domain_label = skeletons.written
left join known
    on domains.registrable_domain = known.registrable_domain
where known.registrable_domain is null
