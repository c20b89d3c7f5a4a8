-- staging.semantic_centres: the labelled texts that vote, each with its weights.
-- Grain: one row per label_id.
-- Reads: seeds/semantic/centres_*.parquet.
-- Caveat: a weight says nothing of the text itself; only the sum of votes counts.
select
    label_id,
    vector,
    concept_mask,
    threat_weight,
    high_weight,
    reported_weight,
    by_az_weight,
    challenge_weight,
    ordinary_weight,
    t1_weight,
    t2_weight,
    t3_weight,
    t4_weight,
    t5a_weight,
    t5b_weight,
    t6_weight,
    t7_weight,
    t8_weight,
    t9_weight
from read_parquet('seeds/semantic/centres_*.parquet')
