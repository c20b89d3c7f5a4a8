-- Question: Why is one ad flagged? (Change the id; this is the severest.)
-- Answer: one row per reason, in the order of the decision.
-- Caveat: every step is a program's; what a person decided stands as a review.
select
    reason,
    named,
    said
from why((
    select ad_id
    from marts.flagged_ads
    order by severity desc, ad_id asc
    limit 1
))
