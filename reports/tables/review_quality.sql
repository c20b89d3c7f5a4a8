-- What reviews say of the coders and of the program, in the order of the table.
-- Grain: one row per group_name, review_variable, review_measure.
-- Reads: marts.review_quality.
-- Caveat: empty before any review; null is not known.
select
    group_name,
    review_variable,
    review_measure,
    review_value,
    review_low,
    review_high,
    texts_count,
    coders_count,
    reliability
from marts.review_quality
order by
    group_name != 'all' asc,
    group_name asc,
    list_position(
        [
            'precision', 'recall', 'prevalence', 'alpha', 'raw agreement',
            'false flags', 'agreement with oneself'
        ],
        review_measure
    ) asc,
    list_position(
        ['flag', 'codes', 'voice', 'direction', 'target', 'severity'], review_variable
    ) asc
