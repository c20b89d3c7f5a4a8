-- hits.audience_items: the evidence that an ad itself and its library give (E1 to E13).
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: hits.address_evidence, hits.contact_evidence, hits.language_evidence,
-- hits.library_evidence, hits.mixed_evidence, hits.nearby_evidence,
-- hits.page_evidence, hits.topic_evidence, staging.ads, text.ad_texts.
-- Caveat: of the newest version's text; targeting is of all versions.
with worded as (
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.language_evidence
    union all by name
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.topic_evidence
    union all by name
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.address_evidence
    union all by name
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.contact_evidence
    union all by name
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.nearby_evidence
    union all by name
    select
        text_hash,
        evidence_code,
        source_field,
        evidence_value
    from hits.mixed_evidence
)

select
    ads.ad_id,
    worded.evidence_code,
    worded.source_field,
    worded.evidence_value
from staging.ads
inner join text.ad_texts
    on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
inner join worded
    on ad_texts.text_hash = worded.text_hash
union all by name
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from hits.library_evidence
union all by name
select
    ad_id,
    evidence_code,
    source_field,
    evidence_value
from hits.page_evidence
