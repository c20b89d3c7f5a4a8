-- What people made of the ads that the program flagged or doubted.
-- Grain: one row per review_result.
-- Reads: marts.flagged_ads, marts.other_verdicts.
-- Caveat: ads, not texts; a review of one text counts for every ad that ran it.
with results as (
    select if(is_reviewed, 'upheld', 'flag not reviewed') as review_result
    from marts.flagged_ads
    union all
    select
        case text_verdict
            when 'reviewed_no' then 'taken back'
            when 'contested' then 'contested'
            else 'waiting'
        end as review_result
    from marts.other_verdicts
    where text_verdict in ('reviewed_no', 'contested', 'review')
)

select
    review_result,
    count(*) as ads_count
from results
group by review_result
order by review_result
