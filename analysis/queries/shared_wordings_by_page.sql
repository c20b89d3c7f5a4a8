-- Question: Which ads of which pages show the wordings that flagged ads share?
-- Answer: one row per ad and text of a cluster with a flagged ad, in order of time.
-- Caveat: a page may quote a text to condemn it: is_threat is of each text by itself.
select
    cluster_members.cluster_id,
    cluster_members.started_date,
    cluster_members.advertiser_name,
    cluster_members.funder,
    cluster_members.language_code,
    cluster_members.centre_overlap,
    cluster_members.is_threat,
    cluster_members.ad_id
from marts.cluster_members
inner join marts.clusters
    on cluster_members.cluster_id = clusters.cluster_id
where clusters.flagged_ads_count > 0
order by
    cluster_members.cluster_id, cluster_members.started_date, cluster_members.ad_id
