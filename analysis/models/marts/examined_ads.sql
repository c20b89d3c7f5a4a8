-- marts.examined_ads: every ad on record in one short line, to count by any period.
-- Grain: one row per ad_id.
-- Reads: hits.text_scores, marts.flagged_ads, marts.other_verdicts, staging.ads,
-- text.ad_texts.
-- Caveat: text_hash is that of the newest wording; an ad flagged for an earlier one
-- counts as a threat all the same. An ad without a start date is in no period.
select
    ads.ad_id,
    ads.library,
    ads.advertiser_id,
    ad_texts.text_hash,
    if(
        flagged_ads.ad_id is null,
        coalesce(other_verdicts.text_verdict, 'none'),
        'threat'
    ) as text_verdict,
    text_scores.text_hash is not null as has_score,
    ads.started_date
from staging.ads
left join text.ad_texts
    on ads.ad_id = ad_texts.ad_id and ads.version_hash = ad_texts.version_hash
left join hits.text_scores
    on ad_texts.text_hash = text_scores.text_hash
left join marts.flagged_ads
    on ads.ad_id = flagged_ads.ad_id
left join marts.other_verdicts
    on ads.ad_id = other_verdicts.ad_id
-- Equal texts side by side pack into a third less of the file.
order by ad_texts.text_hash
