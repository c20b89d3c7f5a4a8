-- Question: whose name or domain resembles another's, and how?
-- Answer: one row per advertiser or domain and what it resembles, most flagged first.
-- Caveat: a likeness of letters for a person to look at; it accuses nobody.
select
    subject_kind,
    subject,
    shown_name,
    resembled,
    likeness_kind,
    reason,
    ads_count,
    flagged_ads_count
from marts.look_alikes
order by
    flagged_ads_count desc,
    ads_count desc,
    subject asc,
    resembled asc,
    likeness_kind asc
