-- hits.domain_spellings: hosts whose name is an outlet's, or nearly.
-- Grain: one row per host, matched_domain, likeness_kind.
-- Reads: hits.outlet_domains, hits.unlisted_hosts.
-- Caveat: ordinary words (report, trend, day) count only where digits, dashes or
-- letters of another script make them look the same; modem is its own word.
select
    unlisted_hosts.host,
    outlet_domains.matched_domain,
    'same_look' as likeness_kind
from hits.unlisted_hosts
inner join hits.outlet_domains
    on unlisted_hosts.skeleton = outlet_domains.skeleton
where
    unlisted_hosts.domain_label != outlet_domains.domain_label
    and (
        outlet_domains.is_distinctive
        or regexp_matches(unlisted_hosts.domain_label, '[^a-z]')
    )
    and (
        length(outlet_domains.domain_label) >= 4
        or unlisted_hosts.domain_suffix = outlet_domains.domain_suffix
    )
union all
select
    unlisted_hosts.host,
    outlet_domains.matched_domain,
    'near_spelling' as likeness_kind
from hits.unlisted_hosts
inner join hits.outlet_domains
    on
        length(unlisted_hosts.domain_label)
        between length(outlet_domains.domain_label) - 1
        and length(outlet_domains.domain_label) + 1
where
    outlet_domains.is_distinctive
    and length(outlet_domains.domain_label) >= 6
    and unlisted_hosts.skeleton != outlet_domains.skeleton
    and damerau_levenshtein(
        unlisted_hosts.domain_label, outlet_domains.domain_label
    ) = 1
    and text.digits_of(unlisted_hosts.domain_label)
    = text.digits_of(outlet_domains.domain_label)
union all
select
    unlisted_hosts.host,
    outlet_domains.matched_domain,
    'other_ending' as likeness_kind
from hits.unlisted_hosts
inner join hits.outlet_domains
    on unlisted_hosts.domain_label = outlet_domains.domain_label
where outlet_domains.is_distinctive and length(outlet_domains.domain_label) >= 4
