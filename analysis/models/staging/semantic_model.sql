-- staging.semantic_model: the trained model's constants, made by `make train`.
-- Grain: one row.
-- Reads: seeds/semantic/model.csv.
-- Caveat: thresholds were chosen by cross-validation, never on the held-out split.
select
    model_version,
    labels_version,
    cast(labels_count as bigint) as labels_count,
    cast(step as double) as vector_step,
    cast(vector_reach as double) as vector_reach,
    cast(concept_weight as double) as concept_weight,
    cast(threat_threshold as double) as threat_threshold,
    cast(ordinary_margin as double) as ordinary_margin,
    cast(review_threshold as double) as review_threshold,
    cast(threat_bias as double) as threat_bias,
    cast(high_bias as double) as high_bias,
    cast(reported_bias as double) as reported_bias,
    cast(by_az_bias as double) as by_az_bias,
    cast(challenge_bias as double) as challenge_bias,
    cast(ordinary_bias as double) as ordinary_bias,
    cast(t1_bias as double) as t1_bias,
    cast(t2_bias as double) as t2_bias,
    cast(t3_bias as double) as t3_bias,
    cast(t4_bias as double) as t4_bias,
    cast(t5a_bias as double) as t5a_bias,
    cast(t5b_bias as double) as t5b_bias,
    cast(t6_bias as double) as t6_bias,
    cast(t7_bias as double) as t7_bias,
    cast(t8_bias as double) as t8_bias,
    cast(t9_bias as double) as t9_bias,
    cast(reported_threshold as double) as reported_threshold,
    cast(by_az_threshold as double) as by_az_threshold,
    cast(challenge_threshold as double) as challenge_threshold,
    cast(high_threshold as double) as high_threshold,
    cast(code_threshold as double) as code_threshold
from read_csv(
    'seeds/semantic/model.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
