-- hits.domain_matches: hosts on a watch-list, like an outlet's, or hiding their goal.
-- Grain: one row per host, match_kind, matched_domain.
-- Reads: hits.domain_additions, hits.domain_spellings, staging.link_services,
-- staging.watched_domains, text.ad_hosts, text.domains.
-- Caveat: a fact about a domain; it changes no flag and says nothing of an ad's words.
with hosts as (
    select distinct
        domains.host,
        domains.shown_host
    from text.ad_hosts
    inner join text.domains
        on ad_hosts.host = domains.host
),

-- A host and the domains it stands under: a.b.az, b.az.
parts as (
    select
        host,
        string_split(shown_host, '.') as labels,
        unnest(range(1, len(string_split(shown_host, '.')))) as start_number
    from hosts
),

parents as (
    select
        host,
        array_to_string(labels[start_number:], '.') as domain
    from parts
),

likenesses as (
    select
        host,
        matched_domain,
        likeness_kind
    from hits.domain_spellings
    union all
    select
        host,
        matched_domain,
        likeness_kind
    from hits.domain_additions
),

clearest as (
    select
        host,
        matched_domain,
        arg_min(likeness_kind, list_position(
            [
                'same_look', 'near_spelling', 'other_ending', 'dash_for_dot',
                'added_word', 'as_subdomain'
            ],
            likeness_kind
        )) as likeness_kind
    from likenesses
    group by host, matched_domain
)

select distinct
    parents.host,
    'watched' as match_kind,
    watched_domains.domain as matched_domain,
    cast(null as varchar) as likeness_kind,
    'stands on a list of watched domains' as reason
from parents
inner join staging.watched_domains
    on parents.domain = watched_domains.domain
union all
select
    parents.host,
    link_services.service_kind as match_kind,
    link_services.domain as matched_domain,
    cast(null as varchar) as likeness_kind,
    'a link of ' || link_services.service_name || ', which does not show where it leads'
        as reason
from parents
inner join staging.link_services
    on parents.domain = link_services.domain
union all
select
    host,
    'look_alike' as match_kind,
    matched_domain,
    likeness_kind,
    case likeness_kind
        when 'same_look' then 'other letters that look the same as ' || matched_domain
        when 'near_spelling'
            then 'spelled like ' || matched_domain || ' but for one letter'
        when 'other_ending'
            then 'the name of ' || matched_domain || ' with another ending'
        when 'dash_for_dot' then matched_domain || ' with a dash for the dot'
        when 'added_word' then 'the name of ' || matched_domain || ' with a word added'
        when 'as_subdomain'
            then matched_domain || ' at the beginning of another domain'
    end as reason
from clearest
