-- Question: How long did flagged ads run, by severity?
-- Answer: one row per severity, in days.
-- Caveat: only ads with a first and a last day; the others may still be running.
select
    severity,
    count(*) as ads_count,
    min(stopped_date - started_date + 1) as shortest_days,
    cast(median(stopped_date - started_date + 1) as integer) as middle_days,
    max(stopped_date - started_date + 1) as longest_days
from marts.flagged_ads
where started_date is not null and stopped_date is not null
group by severity
order by severity desc
