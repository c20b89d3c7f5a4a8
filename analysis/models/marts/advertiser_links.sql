-- marts.advertiser_links: what two advertisers have in common, and why we say so.
-- Grain: one row per advertiser_id, other_advertiser_id, link_kind.
-- Reads: hits.own_domains, marts.cluster_members, marts.clusters, staging.ads.
-- Caveat: a link is no proof of common control: press texts, slogans, agencies and
-- hosts are shared too. What more than 50 advertisers share links none of them. Days
-- are those of the library; none tells the hour.
with shared_texts as (
    select
        cluster_members.advertiser_id,
        cluster_members.cluster_id,
        cluster_members.started_date
    from marts.cluster_members
    semi join marts.clusters
        on
            cluster_members.cluster_id = clusters.cluster_id
            and clusters.advertisers_count > 1
    where not cluster_members.is_short
),

facts as (
    select
        'cluster' as link_kind,
        advertiser_id,
        cluster_id as shared_value,
        cluster_id as shown_value,
        started_date
    from shared_texts
    union all
    select
        'same_day' as link_kind,
        advertiser_id,
        cluster_id || ' ' || started_date as shared_value,
        cast(started_date as varchar) as shown_value,
        started_date
    from shared_texts
    where started_date is not null
    union all
    select
        'domain' as link_kind,
        advertiser_id,
        landing_domain as shared_value,
        landing_domain as shown_value,
        unnest([first_started_date, last_started_date]) as started_date
    from hits.own_domains
    union all
    select
        'funder' as link_kind,
        advertiser_id,
        trim(regexp_replace(lower(funder), '\s+', ' ', 'g')) as shared_value,
        trim(funder) as shown_value,
        started_date
    from staging.ads
    where trim(funder) != ''
),

shared as (
    select
        link_kind,
        advertiser_id,
        shared_value,
        min(shown_value) as shown_value,
        count(*) over (partition by link_kind, shared_value) as sharers_count,
        min(started_date) as first_date,
        max(started_date) as last_date
    from facts
    where advertiser_id is not null
    group by link_kind, advertiser_id, shared_value
),

pairs as (
    select
        shared.advertiser_id,
        others.advertiser_id as other_advertiser_id,
        shared.link_kind,
        list_sort(list_distinct(list(shared.shown_value))) as shared_values,
        array_to_string(shared_values[:3], ', ')
        || if(len(shared_values) > 3, ' and more', '') as shown_values,
        if(count(*) = 1, ' text', ' texts') as text_noun,
        count(*) as shared_count,
        min(least(shared.first_date, others.first_date)) as first_date,
        max(greatest(shared.last_date, others.last_date)) as last_date
    from shared
    inner join shared as others
        on
            shared.link_kind = others.link_kind
            and shared.shared_value = others.shared_value
            and shared.advertiser_id < others.advertiser_id
    where shared.sharers_count between 2 and 50
    group by all
),

-- The same day says something of pages that nothing else connects.
otherwise_linked as (
    select
        advertiser_id,
        other_advertiser_id
    from pairs
    where link_kind in ('domain', 'funder')
),

names as (
    select
        advertiser_id,
        arg_max(advertiser_name, (last_collected_at, ad_id)) as advertiser_name
    from staging.ads
    group by advertiser_id
)

select
    pairs.advertiser_id,
    pairs.other_advertiser_id,
    names.advertiser_name,
    other_names.advertiser_name as other_advertiser_name,
    pairs.link_kind,
    case pairs.link_kind
        when 'cluster'
            then 'shares text with: ' || pairs.shared_count || pairs.text_noun
        when 'same_day'
            then 'started ads with the same text on one day: ' || pairs.shown_values
        when 'domain' then 'same landing domain: ' || pairs.shown_values
        else 'same funder as disclosed: ' || pairs.shown_values
    end as link_reason,
    pairs.shared_values,
    pairs.shared_count,
    pairs.first_date,
    pairs.last_date
from pairs
left join names
    on pairs.advertiser_id = names.advertiser_id
left join names as other_names
    on pairs.other_advertiser_id = other_names.advertiser_id
left join otherwise_linked
    on
        pairs.link_kind = 'same_day'
        and pairs.advertiser_id = otherwise_linked.advertiser_id
        and pairs.other_advertiser_id = otherwise_linked.other_advertiser_id
where otherwise_linked.advertiser_id is null
