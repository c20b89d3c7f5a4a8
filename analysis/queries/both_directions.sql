-- Question: How many ads threaten Azerbaijan, and in how many does Azerbaijan threaten
-- others?
-- Answer: one row per month that either started in.
-- Caveat: publish both counts when you publish one (codebook 1.1).
with started as (
    select
        started_date,
        'toward_AZ' as direction
    from marts.flagged_ads
    union all
    select
        started_date,
        'BY_AZ' as direction
    from marts.other_verdicts
    where text_verdict = 'by_az'
)

select
    strftime(started_date, '%Y-%m') as started_month,
    count(*) filter (where direction = 'toward_AZ') as toward_az_ads_count,
    count(*) filter (where direction = 'BY_AZ') as by_az_ads_count
from started
group by started_month
order by started_month asc nulls last
