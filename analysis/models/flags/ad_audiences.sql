-- flags.ad_audiences: how strong the evidence is that an ad was aimed at Azerbaijanis.
-- Grain: one row per ad_id.
-- Reads: hits.audience_hits, hits.az_deliveries, staging.evidence_codes.
-- Caveat: levels as in the codebook, section 5.2; level 4 by delivery is not targeting.
with values_found as (
    select
        audience_hits.ad_id,
        evidence_codes.evidence_code,
        evidence_codes.evidence_name
        || ': '
        || string_agg(
            distinct audience_hits.evidence_value,
            ', ' order by audience_hits.evidence_value
        ) as said
    from hits.audience_hits
    inner join staging.evidence_codes
        on audience_hits.evidence_code = evidence_codes.evidence_code
    group by
        audience_hits.ad_id,
        evidence_codes.evidence_code,
        evidence_codes.evidence_name
),

evidence as (
    select
        ad_id,
        list(evidence_code order by evidence_code) as evidence_codes,
        list(evidence_code || ' ' || said order by evidence_code) as audience_evidence
    from values_found
    group by ad_id
),

graded as (
    select
        az_deliveries.ad_id,
        az_deliveries.az_share,
        az_deliveries.has_delivery,
        coalesce(evidence.evidence_codes, []) as evidence_codes,
        coalesce(evidence.audience_evidence, []) as audience_evidence,
        len(list_intersect(
            coalesce(evidence.evidence_codes, []), ['E4', 'E5', 'E6', 'E7', 'E8']
        )) as strong_count,
        list_has_any(coalesce(evidence.evidence_codes, []), ['E1', 'E3']) as is_targeted
    from hits.az_deliveries
    left join evidence
        on az_deliveries.ad_id = evidence.ad_id
),

levelled as (
    select
        ad_id,
        az_share,
        has_delivery,
        is_targeted,
        evidence_codes,
        audience_evidence,
        case
            when is_targeted or az_share >= 0.5 then 4
            when az_share >= 0.05 or strong_count >= 2 then 3
            when strong_count = 1 then 2
            when len(evidence_codes) > 0 then 1
            else 0
        end as evidence_level
    from graded
)

select
    ad_id,
    case
        when is_targeted or az_share >= 0.5 then 'AZ_resident'
        when az_share > 0 then 'mixed'
        when list_contains(evidence_codes, 'E4') then 'az_speaking_unspecified'
        when has_delivery then 'not_AZ'
        else 'unknown'
    end as audience_locus,
    evidence_codes,
    audience_evidence,
    az_share,
    -- Delivery that shows no Azerbaijan contradicts the rest: at most 2.
    if(
        has_delivery and az_share = 0 and not is_targeted,
        least(evidence_level, 2), evidence_level
    ) as audience_level
from levelled
