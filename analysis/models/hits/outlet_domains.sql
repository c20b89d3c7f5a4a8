-- hits.outlet_domains: domains of outlets that others may resemble.
-- Grain: one row per matched_domain.
-- Reads: staging.media_outlets, staging.watched_domains, text.domains, text.skeletons.
-- Caveat: watched domains count only where they belong to a named outlet.
with listed as (
    select
        domain,
        is_distinctive
    from staging.media_outlets
    union
    select
        domain,
        is_distinctive
    from staging.watched_domains
    where outlet_name is not null
)

select
    domains.registrable_domain as matched_domain,
    domains.domain_label,
    domains.domain_suffix,
    skeletons.skeleton,
    bool_or(listed.is_distinctive) as is_distinctive
from listed
inner join text.domains
    on listed.domain = domains.host
inner join text.skeletons
    on domains.domain_label = skeletons.written
group by
    domains.registrable_domain,
    domains.domain_label,
    domains.domain_suffix,
    skeletons.skeleton
