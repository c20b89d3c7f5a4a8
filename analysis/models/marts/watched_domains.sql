-- marts.watched_domains: domains of watch-lists that ads lead to or name.
-- Grain: one row per domain, list_name.
-- Reads: hits.domain_matches, marts.flagged_ads, staging.ads, staging.watched_domains,
-- text.ad_hosts.
-- Caveat: being on a list is a dated fact about a domain, as the list's source has it;
-- it flags no ad. An ad may lead there to criticise or to report.
with linked as (
    select
        domain_matches.matched_domain,
        ad_hosts.ad_id,
        bool_or(ad_hosts.source_field = 'landing_domain') as is_landing
    from hits.domain_matches
    inner join text.ad_hosts
        on domain_matches.host = ad_hosts.host
    where domain_matches.match_kind = 'watched'
    group by domain_matches.matched_domain, ad_hosts.ad_id
),

bands as (
    select
        linked.matched_domain,
        coalesce(ads.currency_code, 'unknown') as currency_code,
        count(*) as ads_count,
        sum(ads.spend_min) as spend_min,
        if(count(*) = count(ads.spend_max), sum(ads.spend_max), null) as spend_max
    from linked
    inner join staging.ads
        on linked.ad_id = ads.ad_id
    group by linked.matched_domain, coalesce(ads.currency_code, 'unknown')
),

band_lists as (
    select
        matched_domain,
        list(
            struct_pack(currency_code, ads_count, spend_min, spend_max)
            order by currency_code
        ) as spend_bands
    from bands
    group by matched_domain
),

counted as (
    select
        linked.matched_domain,
        count(*) as ads_count,
        count(*) filter (where linked.is_landing) as landing_ads_count,
        count(flagged_ads.ad_id) as flagged_ads_count
    from linked
    left join marts.flagged_ads
        on linked.ad_id = flagged_ads.ad_id
    group by linked.matched_domain
)

select
    watched_domains.domain,
    watched_domains.list_name,
    watched_domains.outlet_name,
    watched_domains.list_status,
    watched_domains.list_source,
    band_lists.spend_bands,
    counted.ads_count,
    counted.landing_ads_count,
    counted.flagged_ads_count,
    watched_domains.listed_date
from counted
inner join staging.watched_domains
    on counted.matched_domain = watched_domains.domain
inner join band_lists
    on counted.matched_domain = band_lists.matched_domain
