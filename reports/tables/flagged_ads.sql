-- Flagged ads in the order of the report: severest first, then those that rules and
-- score agree on, then best known audience.
-- Grain: one row per ad_id.
-- Reads: marts.advertisers, marts.flagged_ads.
-- Caveat: spend and impressions are the library's own ranges; null is no bound given.
-- Ads of one main_text_hash can differ in title, description or caption of their link.
select
    flagged_ads.ad_id,
    flagged_ads.text_hash,
    flagged_ads.library,
    flagged_ads.library_url,
    flagged_ads.advertiser_id,
    flagged_ads.advertiser_name,
    flagged_ads.funder,
    flagged_ads.language_code,
    flagged_ads.quote,
    flagged_ads.quote_words,
    flagged_ads.translation,
    md5(split_part(flagged_ads.wording, ' ‖ ', 1)) as main_text_hash,
    flagged_ads.flagged_by,
    flagged_ads.threat_score,
    flagged_ads.example_label_ids,
    flagged_ads.rule_ids,
    flagged_ads.codes,
    flagged_ads.severity,
    flagged_ads.audience_level,
    flagged_ads.audience_locus,
    flagged_ads.audience_evidence,
    flagged_ads.configuration,
    flagged_ads.currency_code,
    flagged_ads.spend_min,
    flagged_ads.spend_max,
    flagged_ads.impressions_min,
    flagged_ads.impressions_max,
    coalesce(advertisers.ads_count, 0) as advertiser_ads_count,
    flagged_ads.is_high,
    flagged_ads.is_reviewed,
    not starts_with(flagged_ads.wording, flagged_ads.quote) as is_cut_before,
    not ends_with(flagged_ads.wording, flagged_ads.quote) as is_cut_after,
    flagged_ads.started_date,
    flagged_ads.stopped_date
from marts.flagged_ads
left join marts.advertisers
    on flagged_ads.advertiser_id = advertisers.advertiser_id
order by
    flagged_ads.severity desc nulls last,
    flagged_ads.flagged_by = 'rules and score' desc,
    flagged_ads.audience_level desc nulls last,
    flagged_ads.started_date asc nulls last,
    flagged_ads.ad_id asc
