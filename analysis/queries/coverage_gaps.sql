-- Question: On which days does the absence of ads mean nothing?
-- Answer: one row per stretch of days without complete collection.
-- Caveat: complete is what was asked for; see requested_country_codes and the plan.
with gaps as (
    select
        library,
        coverage_status,
        covered_date,
        ads_count,
        covered_date - cast(row_number() over (
            partition by library, coverage_status order by covered_date
        ) as integer) as stretch
    from marts.coverage_days
    where not is_covered
)

select
    library,
    coverage_status,
    min(covered_date) as first_date,
    max(covered_date) as last_date,
    count(*) as days_count,
    cast(sum(ads_count) as bigint) as ads_count
from gaps
group by library, coverage_status, stretch
order by library, first_date
