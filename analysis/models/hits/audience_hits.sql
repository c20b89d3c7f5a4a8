-- hits.audience_hits: each piece of evidence on whom an ad was aimed at (E1 to E14).
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: hits.audience_items, hits.audience_levels, staging.ads,
-- staging.evidence_codes.
-- Caveat: delivery is where an ad was shown, not whom it was targeted at; what an
-- advertiser's other ads reached (E14) is context.
with strong_ads as (
    select
        ads.ad_id,
        ads.advertiser_id
    from hits.audience_levels
    inner join staging.ads
        on audience_levels.ad_id = ads.ad_id
    where audience_levels.audience_level >= 3
),

strong as (
    select
        advertiser_id,
        count(*) as strong_ads_count
    from strong_ads
    group by advertiser_id
),

others as (
    select
        ads.ad_id,
        strong.strong_ads_count
        - if(strong_ads.ad_id is null, 0, 1) as other_ads_count
    from staging.ads
    inner join strong
        on ads.advertiser_id = strong.advertiser_id
    left join strong_ads
        on ads.ad_id = strong_ads.ad_id
),

found as (
    select
        ad_id,
        evidence_code,
        source_field,
        evidence_value
    from hits.audience_items
    union all by name
    select
        ad_id,
        'E14' as evidence_code,
        'advertiser_id' as source_field,
        other_ads_count || ' at level 3 or 4' as evidence_value
    from others
    where other_ads_count > 0
)

select
    found.ad_id,
    found.evidence_code,
    found.source_field,
    found.evidence_value,
    evidence_codes.evidence_grade
from found
inner join staging.evidence_codes
    on found.evidence_code = evidence_codes.evidence_code
