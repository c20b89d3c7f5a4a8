-- Fails on: decisions of the sample's invented coders in a collected archive.
select
    review_decisions.decision_id,
    review_decisions.coder_id
from staging.review_decisions
cross join staging.archives
where
    starts_with(review_decisions.coder_id, 'invented-')
    and not archives.is_invented
