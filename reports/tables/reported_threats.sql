-- Ads that report or reject a threat of somebody else; they are not flagged.
-- Grain: one row per ad_id.
-- Reads: marts.other_verdicts.
-- Caveat: coverage and counter-speech; never to be called threats.
select
    ad_id,
    library_url,
    advertiser_name,
    language_code,
    quote,
    codes,
    voice,
    not starts_with(wording, quote) as is_cut_before,
    not ends_with(wording, quote) as is_cut_after,
    started_date
from marts.other_verdicts
where text_verdict = 'reported'
order by
    started_date asc nulls last,
    ad_id asc
