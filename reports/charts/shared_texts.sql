-- Clusters of texts that two or more advertisers share, by the days ads started.
-- Grain: one row per cluster_rank and started_date.
-- Reads: marts.cluster_members, marts.flagged_ads.
-- Caveat: shared wording, not shared hands; only ads that started in the period.
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
    ranked.advertisers_count,
    ranked.ads_count,
    ranked.flagged_ads_count,
    bool_or(members.is_flagged) as is_flagged,
    members.started_date
from ranked
inner join members
    on ranked.cluster_id = members.cluster_id
where members.started_date is not null
group by all
order by
    ranked.cluster_rank,
    members.started_date
