-- marts.evaluation: how good the detector was when it was last measured.
-- Grain: one row per split_name, group_name, measure.
-- Reads: staging.evaluation.
-- Caveat: measured on texts written for training, not on reviewed real ads.
select
    split_name,
    group_name,
    measure,
    measured_value,
    interval_low,
    interval_high,
    texts_count
from staging.evaluation
