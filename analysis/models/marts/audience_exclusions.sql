-- marts.audience_exclusions: places in Azerbaijan that advertisers left out.
-- Grain: one row per ad_id, target_value.
-- Reads: flags.ad_audiences, hits.declared_targets, staging.ads.
-- Caveat: a fact of its own; an exclusion is never evidence of an audience.
select
    ads.ad_id,
    declared_targets.target_value,
    declared_targets.region_code,
    ads.library,
    ads.advertiser_name,
    ad_audiences.audience_level,
    list_contains(ad_audiences.evidence_codes, 'E1') as is_also_included,
    ads.started_date
from hits.declared_targets
inner join staging.ads
    on declared_targets.ad_id = ads.ad_id
inner join flags.ad_audiences
    on declared_targets.ad_id = ad_audiences.ad_id
where declared_targets.is_excluded
