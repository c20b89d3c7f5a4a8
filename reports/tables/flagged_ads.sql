-- Flagged ads in the order of the report: severest first, then those that rules and
-- score agree on, then best known audience.
-- Grain: one row per ad_id.
-- Reads: marts.flagged_ads.
-- Caveat: spend and impressions are the library's own ranges; null is no bound given.
-- Ads of one main_text can differ in the title, description or caption of their link.
select
    ad_id,
    text_hash,
    library,
    library_url,
    advertiser_name,
    funder,
    language_code,
    quote,
    quote_words,
    split_part(wording, ' ‖ ', 1) as main_text,
    flagged_by,
    threat_score,
    example_label_ids,
    rule_ids,
    codes,
    severity,
    audience_level,
    audience_locus,
    audience_evidence,
    configuration,
    currency_code,
    spend_min,
    spend_max,
    impressions_min,
    impressions_max,
    is_high,
    is_reviewed,
    not starts_with(wording, quote) as is_cut_before,
    not ends_with(wording, quote) as is_cut_after,
    started_date,
    stopped_date
from marts.flagged_ads
order by
    severity desc nulls last,
    flagged_by = 'rules and score' desc,
    audience_level desc nulls last,
    started_date asc nulls last,
    ad_id asc
