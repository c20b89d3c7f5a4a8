-- flags.ad_audiences: how strong the evidence is that an ad was aimed at Azerbaijanis.
-- Grain: one row per ad_id.
-- Reads: flags.audience_loci, hits.audience_hits, hits.audience_levels,
-- hits.az_deliveries, hits.declared_targets, staging.evidence_codes.
-- Caveat: levels as in the codebook, section 5.2; level 4 by delivery is not targeting.
with held as (
    select
        ad_id,
        list_sort(list_distinct(list(
            struct_pack(evidence_code, evidence_value)
        ))) as items
    from hits.audience_hits
    group by ad_id
),

-- Many ads hold the same evidence, found by its sorted list: it is worded once.
unnested as (
    select
        items,
        unnest(items) as item
    from held
    group by items
),

worded as (
    select
        unnested.items,
        evidence_codes.evidence_code,
        evidence_codes.evidence_code
        || ' '
        || evidence_codes.evidence_name
        || ': '
        || array_to_string(list_sort(list_distinct(
            list(unnested.item.evidence_value)
        )), ', ') as said,
        cast(substr(evidence_codes.evidence_code, 2) as integer) as code_number
    from unnested
    inner join staging.evidence_codes
        on unnested.item.evidence_code = evidence_codes.evidence_code
    group by
        unnested.items,
        evidence_codes.evidence_code,
        evidence_codes.evidence_name
),

evidence as (
    select
        items,
        list(evidence_code order by code_number) as evidence_codes,
        list(said order by code_number) as audience_evidence
    from worded
    group by items
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
left join held
    on audience_levels.ad_id = held.ad_id
left join evidence
    on held.items = evidence.items
left join excluded
    on audience_levels.ad_id = excluded.ad_id
