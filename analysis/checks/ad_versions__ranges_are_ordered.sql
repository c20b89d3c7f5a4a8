-- Fails on: ads with a lower bound above the upper one.
select
    ad_id,
    version_hash
from staging.ad_versions
where
    spend_min > spend_max
    or impressions_min > impressions_max
    or reach_min > reach_max
    or audience_size_min > audience_size_max
