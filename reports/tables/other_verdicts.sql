-- Ads shown apart: reports, the other direction, unclear ones, flags that people took
-- back or differ on; the first of each kind.
-- Grain: one row per ad_id.
-- Reads: marts.advertisers, marts.examined_ads, marts.other_verdicts.
-- Caveat: none of them is flagged; never to be called threats against Azerbaijan.
-- Peaceful challenges are counted elsewhere and never quoted.
select
    other_verdicts.ad_id,
    examined_ads.advertiser_id,
    other_verdicts.library_url,
    other_verdicts.advertiser_name,
    other_verdicts.language_code,
    other_verdicts.text_verdict,
    other_verdicts.quote,
    md5(split_part(other_verdicts.wording, ' ‖ ', 1)) as main_text_hash,
    other_verdicts.codes,
    other_verdicts.voice,
    coalesce(advertisers.ads_count, 0) as advertiser_ads_count,
    not starts_with(other_verdicts.wording, other_verdicts.quote) as is_cut_before,
    not ends_with(other_verdicts.wording, other_verdicts.quote) as is_cut_after,
    other_verdicts.started_date
from marts.other_verdicts
left join marts.examined_ads
    on other_verdicts.ad_id = examined_ads.ad_id
left join marts.advertisers
    on examined_ads.advertiser_id = advertisers.advertiser_id
where
    other_verdicts.text_verdict in (
        'reported', 'by_az', 'review', 'reviewed_no', 'contested'
    )
-- More would not fit the pages; the counts come from elsewhere.
qualify
    row_number() over (
        partition by other_verdicts.text_verdict
        order by
            other_verdicts.started_date asc nulls last,
            other_verdicts.ad_id asc
    ) <= 500
order by
    other_verdicts.text_verdict asc,
    other_verdicts.started_date asc nulls last,
    other_verdicts.ad_id asc
