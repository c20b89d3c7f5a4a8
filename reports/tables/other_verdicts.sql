-- Ads shown apart: reports, the other direction, peaceful challenges, unclear ones.
-- Grain: one row per ad_id.
-- Reads: marts.other_verdicts.
-- Caveat: none of them is flagged; never to be called threats against Azerbaijan.
select
    ad_id,
    library_url,
    advertiser_name,
    language_code,
    text_verdict,
    quote,
    split_part(wording, ' ‖ ', 1) as main_text,
    codes,
    voice,
    not starts_with(wording, quote) as is_cut_before,
    not ends_with(wording, quote) as is_cut_after,
    started_date
from marts.other_verdicts
order by
    text_verdict asc,
    started_date asc nulls last,
    ad_id asc
