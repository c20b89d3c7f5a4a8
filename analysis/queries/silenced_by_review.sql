-- Question: Which ads did people take out of the flags, or disagree on?
-- Answer: one row per ad; empty before any review.
-- Caveat: kept and shown, never deleted; a changed wording is judged anew.
select
    ad_id,
    advertiser_name,
    text_verdict,
    voice,
    coders_count,
    quote,
    reviewed_at
from marts.other_verdicts
where text_verdict in ('reviewed_no', 'contested')
order by text_verdict asc, ad_id asc
