-- flags.ad_audiences: how strong the evidence is that an ad was aimed at Azerbaijanis.
-- Grain: one row per ad_id.
-- Reads: flags.audience_loci, hits.audience_hits, hits.audience_levels,
-- hits.az_deliveries, hits.declared_targets, staging.evidence_codes.
-- Caveat: levels as in the codebook, section 5.2; level 4 by delivery is not targeting.
with values_found as (
    select
        audience_hits.ad_id,
        struct_pack(
            code_number
            := cast(substr(evidence_codes.evidence_code, 2) as integer),
            evidence_code := evidence_codes.evidence_code,
            said := evidence_codes.evidence_name
            || ': '
            || array_to_string(list_sort(list_distinct(
                list(audience_hits.evidence_value)
            )), ', ')
        ) as item
    from hits.audience_hits
    inner join staging.evidence_codes
        on audience_hits.evidence_code = evidence_codes.evidence_code
    group by
        audience_hits.ad_id,
        evidence_codes.evidence_code,
        evidence_codes.evidence_name
),

-- Lists are sorted once made: half the time of sorting inside the aggregate.
evidence as (
    select
        values_found.ad_id,
        list_sort(list(values_found.item)) as items,
        list_transform(items, lambda x: x.evidence_code) as evidence_codes,
        list_transform(items, lambda x: x.evidence_code || ' ' || x.said)
            as audience_evidence
    from values_found
    group by values_found.ad_id
),

excluded as (
    select
        ad_id,
        list_sort(list_distinct(list(target_value))) as excluded_places
    from hits.declared_targets
    where is_excluded
    group by ad_id
)

select
    audience_levels.ad_id,
    audience_loci.audience_locus,
    coalesce(evidence.evidence_codes, []) as evidence_codes,
    coalesce(evidence.audience_evidence, []) as audience_evidence,
    coalesce(excluded.excluded_places, []) as excluded_places,
    az_deliveries.az_share,
    audience_levels.audience_level,
    audience_loci.is_mainly_elsewhere
from hits.audience_levels
inner join hits.az_deliveries
    on audience_levels.ad_id = az_deliveries.ad_id
inner join flags.audience_loci
    on audience_levels.ad_id = audience_loci.ad_id
left join evidence
    on audience_levels.ad_id = evidence.ad_id
left join excluded
    on audience_levels.ad_id = excluded.ad_id
