-- Question: How far do the coders agree, and how often is the program right by them?
-- Answer: one row per group, variable and measure; empty before any review.
-- Caveat: do not publish an alpha whose reliability says so.
select
    group_name,
    review_variable,
    review_measure,
    round(review_value, 3) as review_value,
    round(review_low, 3) as review_low,
    round(review_high, 3) as review_high,
    texts_count,
    coders_count,
    reliability
from marts.review_quality
order by group_name asc, review_measure asc, review_variable asc
