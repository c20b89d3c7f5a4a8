-- For each day and library, whether all that was asked for came.
-- Grain: one row per library and covered_date.
-- Reads: marts.coverage_days.
-- Caveat: no ad on a day that is not complete says nothing.
select
    library,
    coverage_status,
    covered_date
from marts.coverage_days
order by
    library,
    covered_date
