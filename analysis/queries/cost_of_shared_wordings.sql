-- Question: What did the ads with one shared wording cost, at least and at most?
-- Answer: one row per cluster with a flagged ad and currency.
-- Caveat: never add currencies; an empty spend_max is open or not told, not zero.
select
    clusters.cluster_id,
    clusters.example_text,
    cluster_spend.currency_code,
    cluster_spend.ads_count,
    cluster_spend.spend_min,
    cluster_spend.spend_max,
    cluster_spend.undisclosed_ads_count
from marts.clusters
inner join marts.cluster_spend
    on clusters.cluster_id = cluster_spend.cluster_id
where clusters.flagged_ads_count > 0
order by
    cluster_spend.ads_count desc,
    clusters.cluster_id asc,
    cluster_spend.currency_code asc
