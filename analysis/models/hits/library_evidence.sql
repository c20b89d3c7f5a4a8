-- hits.library_evidence: what the library says of an ad's audience (E1, E2, E3).
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: hits.az_deliveries, hits.declared_languages, hits.declared_targets,
-- staging.ads.
-- Caveat: delivery is where an ad was shown, not whom it was targeted at; a place that
-- is excluded is no evidence.
select
    ad_id,
    'E1' as evidence_code,
    'targeting' as source_field,
    target_value as evidence_value
from hits.declared_targets
where not is_excluded
union all
select
    ad_id,
    'E3' as evidence_code,
    'targeting' as source_field,
    target_value as evidence_value
from hits.declared_languages
union all
select
    az_deliveries.ad_id,
    'E2' as evidence_code,
    case
        when az_deliveries.az_share is null then 'requested_country_codes'
        when ads.delivery_regions is null then 'delivery_countries'
        else 'delivery_regions'
    end as source_field,
    case
        when az_deliveries.az_share is null then 'share not disclosed'
        -- Of so few a share says little (codebook 5.2).
        when least(ads.impressions_max, ads.reach_max) < 1000
            then 'of fewer than 1,000 views'
        when az_deliveries.az_share < 0.01 then 'under 1 %'
        else printf('%.1f %%', 100 * az_deliveries.az_share)
    end as evidence_value
from hits.az_deliveries
inner join staging.ads
    on az_deliveries.ad_id = ads.ad_id
where
    az_deliveries.az_share > 0
    or (az_deliveries.az_share is null and az_deliveries.is_in_az_filter)
