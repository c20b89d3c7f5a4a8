-- staging.evaluation: how good the detector was when it was last measured.
-- Grain: one row per split_name, group_name, measure.
-- Reads: seeds/semantic/evaluation.csv.
-- Caveat: measured on texts written for training, not on reviewed real ads.
select
    split as split_name,
    "group" as group_name,
    measure,
    cast(value as double) as measured_value,
    cast(low as double) as interval_low,
    cast(high as double) as interval_high,
    cast(texts as bigint) as texts_count
from read_csv(
    'seeds/semantic/evaluation.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
