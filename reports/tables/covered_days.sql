-- On how many days of the period each library was collected whole.
-- Grain: one row per library.
-- Reads: marts.coverage_days.
-- Caveat: a day before the library's first request has no row and counts as none.
select
    library,
    count(*) filter (where is_covered) as covered_days_count
from marts.coverage_days
group by library
order by library
