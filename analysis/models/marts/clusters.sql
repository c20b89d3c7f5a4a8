-- marts.clusters: texts that two or more ads share, word for word or nearly.
-- Grain: one row per cluster_id.
-- Reads: hits.own_domains, marts.cluster_members, staging.ads, text.texts.
-- Caveat: shared wording, not shared hands. An ad without a last day counts as active
-- until it was last received; an ad flagged for another wording of it counts as not.
with periods as (
    select
        cluster_members.cluster_id,
        cluster_members.started_date,
        coalesce(ads.stopped_date, cast(ads.last_collected_at as date)) as last_date
    from marts.cluster_members
    inner join staging.ads
        on cluster_members.ad_id = ads.ad_id
),

-- Of each period the days after the last one of all that began before it.
new_days as (
    select
        cluster_id,
        started_date,
        last_date,
        max(last_date) over (
            partition by cluster_id
            order by started_date, last_date
            rows between unbounded preceding and 1 preceding
        ) as last_date_before
    from periods
    where last_date >= started_date
),

activity as (
    select
        cluster_id,
        cast(sum(
            greatest(0, last_date - greatest(started_date - 1, last_date_before))
        ) as bigint) as active_days_count
    from new_days
    group by cluster_id
),

domain_users as (
    select
        cluster_members.cluster_id,
        own_domains.landing_domain as own_domain
    from marts.cluster_members
    inner join hits.own_domains
        on
            cluster_members.advertiser_id = own_domains.advertiser_id
            and cluster_members.landing_domain = own_domains.landing_domain
    group by cluster_members.cluster_id, own_domains.landing_domain
    having count(distinct cluster_members.advertiser_id) > 1
),

domains as (
    select
        cluster_id,
        list(own_domain order by own_domain) as shared_domains
    from domain_users
    group by cluster_id
),

counted as (
    select
        cluster_id,
        arg_min(text_hash, (-centre_overlap, text_hash)) as example_text_hash,
        list(distinct library order by library) as libraries,
        list(distinct language_code order by language_code) filter (
            where language_code is not null
        ) as language_codes,
        count(distinct text_hash) as texts_count,
        count(distinct ad_id) as ads_count,
        count(distinct advertiser_id) as advertisers_count,
        count(distinct funder) as funders_count,
        count(distinct ad_id) filter (where is_threat) as flagged_ads_count,
        min(centre_overlap) as least_overlap,
        max(started_date) - min(started_date) as start_spread_days,
        bool_or(is_short) as is_short,
        min(started_date) as first_started_date,
        max(started_date) as last_started_date
    from marts.cluster_members
    group by cluster_id
)

select
    counted.cluster_id,
    counted.example_text_hash,
    texts.wording as example_text,
    counted.libraries,
    coalesce(counted.language_codes, []) as language_codes,
    coalesce(domains.shared_domains, []) as shared_domains,
    counted.texts_count,
    counted.ads_count,
    counted.advertisers_count,
    counted.funders_count,
    counted.flagged_ads_count,
    round(counted.flagged_ads_count / counted.ads_count, 4) as flagged_share,
    counted.least_overlap,
    counted.start_spread_days,
    activity.active_days_count,
    counted.is_short,
    counted.first_started_date,
    counted.last_started_date
from counted
inner join text.texts
    on counted.example_text_hash = texts.text_hash
left join activity
    on counted.cluster_id = activity.cluster_id
left join domains
    on counted.cluster_id = domains.cluster_id
