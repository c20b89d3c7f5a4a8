-- Question: Which wordings do several advertisers share, word for word or nearly?
-- Answer: one row per cluster of copies, most advertisers first.
-- Caveat: shared wording is not shared hands: slogans, quotes and press texts repeat.
select
    cluster_id,
    example_text,
    language_codes,
    shared_domains,
    advertisers_count,
    ads_count,
    texts_count,
    flagged_share,
    least_overlap,
    start_spread_days,
    first_started_date,
    last_started_date
from marts.clusters
where advertisers_count > 1 and not is_short
order by advertisers_count desc, ads_count desc, cluster_id asc
