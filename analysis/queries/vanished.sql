-- Question: Which ads does their library no longer show where it once did?
-- Answer: one row per ad, flagged ones first, then the latest gone.
-- Caveat: gone says nothing of why; is_shown_elsewhere: another answer still had it.
select
    ad_id,
    library,
    library_url,
    advertiser_name,
    is_flagged,
    is_shown_elsewhere,
    last_seen_run_id,
    vanished_at,
    started_date,
    stopped_date,
    currency_code,
    spend_min,
    spend_max
from marts.vanished_ads
order by is_flagged desc, vanished_at desc, ad_id asc
