-- How good the detector was on labelled texts when it was last measured.
-- Grain: one row per split_name, group_name and measure.
-- Reads: marts.evaluation.
-- Caveat: the texts were written for training; nothing is known of real ads.
select
    split_name,
    group_name,
    measure,
    measured_value,
    interval_low,
    interval_high,
    texts_count
from marts.evaluation
order by
    split_name,
    group_name,
    measure
