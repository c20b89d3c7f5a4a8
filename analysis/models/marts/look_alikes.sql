-- marts.look_alikes: advertisers and domains whose letters resemble another's.
-- Grain: one row per subject_kind, subject, likeness_kind, resembled.
-- Reads: hits.domain_matches, hits.name_matches, hits.name_words, marts.flagged_ads,
-- staging.ad_versions, text.ad_hosts, text.domains.
-- Caveat: a likeness of letters that a person must look at; it does not say who stands
-- behind a page or a domain, nor that anyone meant to deceive: keyboards slip.
-- Whoever is said to pay is a name of the advertiser too.
with names as (
    select
        advertiser_id,
        ad_id,
        advertiser_name as shown_name
    from staging.ad_versions
    where advertiser_id is not null and advertiser_name is not null
    union
    select
        advertiser_id,
        ad_id,
        funder as shown_name
    from staging.ad_versions
    where advertiser_id is not null and funder is not null
),

disguised as (
    select
        shown_name,
        list(name_word order by name_word) as name_words,
        list_sort(list_distinct(flatten(list(script_codes)))) as script_codes
    from hits.name_words
    where is_disguised
    group by shown_name
),

mixed as (
    select
        names.advertiser_id,
        names.ad_id,
        names.shown_name,
        text.name_as_read(names.shown_name) as resembled,
        'letters of two scripts ('
        || array_to_string(disguised.script_codes, ', ')
        || ') inside: '
        || array_to_string(disguised.name_words, ', ') as reason
    from names
    inner join disguised
        on names.shown_name = disguised.shown_name
),

found as (
    select
        'advertiser' as subject_kind,
        advertiser_id as subject,
        ad_id,
        shown_name,
        'mixed_scripts' as likeness_kind,
        resembled,
        reason
    from mixed
    union all
    select
        'advertiser' as subject_kind,
        names.advertiser_id as subject,
        names.ad_id,
        names.shown_name,
        name_matches.likeness_kind,
        name_matches.resembled,
        name_matches.reason
    from names
    inner join hits.name_matches
        on names.shown_name = name_matches.shown_name
    union all
    select distinct
        'domain' as subject_kind,
        domains.registrable_domain as subject,
        ad_hosts.ad_id,
        domains.shown_host as shown_name,
        domain_matches.likeness_kind,
        domain_matches.matched_domain as resembled,
        domain_matches.reason
    from hits.domain_matches
    inner join text.domains
        on domain_matches.host = domains.host
    inner join text.ad_hosts
        on domain_matches.host = ad_hosts.host
    where domain_matches.match_kind = 'look_alike'
)

select
    found.subject_kind,
    found.subject,
    max(found.shown_name) as shown_name,
    found.likeness_kind,
    found.resembled,
    min(found.reason) as reason,
    count(distinct found.ad_id) as ads_count,
    count(distinct flagged_ads.ad_id) as flagged_ads_count
from found
left join marts.flagged_ads
    on found.ad_id = flagged_ads.ad_id
group by
    found.subject_kind,
    found.subject,
    found.likeness_kind,
    found.resembled
