-- flags.ad_audiences: how strong the evidence is that an ad was aimed at Azerbaijanis.
-- Grain: one row per ad_id.
-- Reads: flags.audience_loci, hits.audience_hits, hits.audience_levels,
-- hits.az_deliveries, hits.declared_targets, staging.evidence_codes.
-- Caveat: levels as in the codebook, section 5.2; level 4 by delivery is not targeting.
with held as (
    select
        ad_id,
        sum(hash(evidence_code, evidence_value)) as evidence_sum
    from hits.audience_hits
    group by ad_id
),

-- Many ads hold the same evidence: it is worded once, for the first of them. Lists for
-- each ad would not fit in memory where ads are ten million.
first_ads as (
    select
        evidence_sum,
        min(ad_id) as ad_id
    from held
    group by evidence_sum
),

worded as (
    select
        first_ads.evidence_sum,
        evidence_codes.evidence_code,
        evidence_codes.evidence_code
        || ' '
        || evidence_codes.evidence_name
        || ': '
        || array_to_string(list_sort(list_distinct(
            list(audience_hits.evidence_value)
        )), ', ') as said,
        cast(substr(evidence_codes.evidence_code, 2) as integer) as code_number
    from first_ads
    inner join hits.audience_hits
        on first_ads.ad_id = audience_hits.ad_id
    inner join staging.evidence_codes
        on audience_hits.evidence_code = evidence_codes.evidence_code
    group by
        first_ads.evidence_sum,
        evidence_codes.evidence_code,
        evidence_codes.evidence_name
),

evidence as (
    select
        evidence_sum,
        list(evidence_code order by code_number) as evidence_codes,
        list(said order by code_number) as audience_evidence
    from worded
    group by evidence_sum
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
    on held.evidence_sum = evidence.evidence_sum
left join excluded
    on audience_levels.ad_id = excluded.ad_id
