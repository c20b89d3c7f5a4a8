-- marts.audience_evidence: every piece of evidence on whom each ad was aimed at.
-- Grain: one row per ad_id, evidence_code, source_field, evidence_value.
-- Reads: flags.ad_audiences, hits.audience_hits, marts.flagged_ads, staging.ads,
-- staging.evidence_codes.
-- View: its rows stand in hits.audience_hits, and few ask for all of them.
-- Caveat: about Azerbaijan is not to Azerbaijanis; delivery is not targeting.
select
    audience_hits.ad_id,
    audience_hits.evidence_code,
    audience_hits.source_field,
    audience_hits.evidence_value,
    ads.library,
    ads.advertiser_name,
    evidence_codes.evidence_name,
    audience_hits.evidence_grade,
    ad_audiences.audience_locus,
    ad_audiences.audience_level,
    flagged_ads.ad_id is not null as is_flagged,
    ads.started_date
from hits.audience_hits
inner join staging.ads
    on audience_hits.ad_id = ads.ad_id
inner join staging.evidence_codes
    on audience_hits.evidence_code = evidence_codes.evidence_code
inner join flags.ad_audiences
    on audience_hits.ad_id = ad_audiences.ad_id
left join marts.flagged_ads
    on audience_hits.ad_id = flagged_ads.ad_id
