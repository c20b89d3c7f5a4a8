-- Texts that two or more advertisers share, by the days on which their ads started.
-- Grain: one row per cluster_rank and started_date.
-- Reads: marts.cluster_members, marts.clusters, marts.flagged_ads.
-- Caveat: shared wording, not shared hands: press texts and slogans are shared too.
with members as (
    select distinct
        cluster_members.cluster_id,
        cluster_members.ad_id,
        cluster_members.advertiser_id,
        flagged_ads.ad_id is not null as is_flagged,
        cluster_members.started_date
    from marts.cluster_members
    left join marts.flagged_ads
        on cluster_members.ad_id = flagged_ads.ad_id
),

ranked as (
    select
        cluster_id,
        count(distinct advertiser_id) as advertisers_count,
        count(*) as ads_count,
        count(*) filter (where is_flagged) as flagged_ads_count,
        min(started_date) as first_started_date,
        max(started_date) as last_started_date,
        row_number() over (
            order by
                count(*) filter (where is_flagged) desc,
                count(distinct advertiser_id) desc,
                count(*) desc,
                cluster_id asc
        ) as cluster_rank
    from members
    group by cluster_id
    having count(distinct advertiser_id) > 1
    qualify cluster_rank <= 8
)

select
    ranked.cluster_rank,
    clusters.example_text,
    clusters.language_codes,
    ranked.advertisers_count,
    ranked.ads_count,
    ranked.flagged_ads_count,
    bool_or(members.is_flagged) as is_flagged,
    ranked.first_started_date,
    ranked.last_started_date,
    members.started_date
from ranked
inner join marts.clusters
    on ranked.cluster_id = clusters.cluster_id
inner join members
    on ranked.cluster_id = members.cluster_id
group by all
order by
    ranked.cluster_rank asc,
    members.started_date asc nulls last
