-- hits.passage_scores: how much each passage is like labelled threats, reports.
-- Grain: one row per text_hash, passage_number.
-- Reads: hits.passage_points, staging.semantic_centres, staging.semantic_model.
-- Kept: a text is compared with 10,400 labelled ones whatever the others say.
-- Caveat: passage 0 is the whole text; a passage alone may leave out who says it.
with asked as (
    select
        passage_points.text_hash,
        passage_points.passage_number,
        passage_points.concept_mask,
        text.as_vector(passage_points.vector, semantic_model.vector_step) as vector
    from hits.passage_points
    cross join staging.semantic_model
    where passage_points.model_version = semantic_model.model_version
),

-- Materialised: its rows are too few for a scan to share among cores, not once kept.
centres as materialized (
    select
        semantic_centres.label_id,
        semantic_centres.concept_mask,
        text.as_vector(semantic_centres.vector, semantic_model.vector_step) as vector,
        semantic_centres.threat_weight,
        semantic_centres.high_weight,
        semantic_centres.reported_weight,
        semantic_centres.by_az_weight,
        semantic_centres.challenge_weight,
        semantic_centres.ordinary_weight,
        semantic_centres.t1_weight,
        semantic_centres.t2_weight,
        semantic_centres.t3_weight,
        semantic_centres.t4_weight,
        semantic_centres.t5a_weight,
        semantic_centres.t5b_weight,
        semantic_centres.t6_weight,
        semantic_centres.t7_weight,
        semantic_centres.t8_weight,
        semantic_centres.t9_weight
    from staging.semantic_centres
    cross join staging.semantic_model
),

likenesses as (
    select
        asked.text_hash,
        asked.passage_number,
        text.likeness(
            asked.vector,
            asked.concept_mask,
            centres.vector,
            centres.concept_mask,
            semantic_model.vector_reach,
            semantic_model.concept_weight
        ) as likeness,
        centres.threat_weight,
        centres.high_weight,
        centres.reported_weight,
        centres.by_az_weight,
        centres.challenge_weight,
        centres.ordinary_weight,
        centres.t1_weight,
        centres.t2_weight,
        centres.t3_weight,
        centres.t4_weight,
        centres.t5a_weight,
        centres.t5b_weight,
        centres.t6_weight,
        centres.t7_weight,
        centres.t8_weight,
        centres.t9_weight
    from asked
    cross join centres
    cross join staging.semantic_model
),

sums as (
    select
        text_hash,
        passage_number,
        sum(likeness * threat_weight) as threat_sum,
        sum(likeness * high_weight) as high_sum,
        sum(likeness * reported_weight) as reported_sum,
        sum(likeness * by_az_weight) as by_az_sum,
        sum(likeness * challenge_weight) as challenge_sum,
        sum(likeness * ordinary_weight) as ordinary_sum,
        sum(likeness * t1_weight) as t1_sum,
        sum(likeness * t2_weight) as t2_sum,
        sum(likeness * t3_weight) as t3_sum,
        sum(likeness * t4_weight) as t4_sum,
        sum(likeness * t5a_weight) as t5a_sum,
        sum(likeness * t5b_weight) as t5b_sum,
        sum(likeness * t6_weight) as t6_sum,
        sum(likeness * t7_weight) as t7_sum,
        sum(likeness * t8_weight) as t8_sum,
        sum(likeness * t9_weight) as t9_sum
    from likenesses
    group by text_hash, passage_number
)

select
    sums.text_hash,
    sums.passage_number,
    round(semantic_model.threat_bias + sums.threat_sum, 4) as threat_score,
    round(semantic_model.high_bias + sums.high_sum, 4) as high_score,
    round(semantic_model.reported_bias + sums.reported_sum, 4) as reported_score,
    round(semantic_model.by_az_bias + sums.by_az_sum, 4) as by_az_score,
    round(semantic_model.challenge_bias + sums.challenge_sum, 4) as challenge_score,
    round(semantic_model.ordinary_bias + sums.ordinary_sum, 4) as ordinary_score,
    round(semantic_model.t1_bias + sums.t1_sum, 4) as t1_score,
    round(semantic_model.t2_bias + sums.t2_sum, 4) as t2_score,
    round(semantic_model.t3_bias + sums.t3_sum, 4) as t3_score,
    round(semantic_model.t4_bias + sums.t4_sum, 4) as t4_score,
    round(semantic_model.t5a_bias + sums.t5a_sum, 4) as t5a_score,
    round(semantic_model.t5b_bias + sums.t5b_sum, 4) as t5b_score,
    round(semantic_model.t6_bias + sums.t6_sum, 4) as t6_score,
    round(semantic_model.t7_bias + sums.t7_sum, 4) as t7_score,
    round(semantic_model.t8_bias + sums.t8_sum, 4) as t8_score,
    round(semantic_model.t9_bias + sums.t9_sum, 4) as t9_score
from sums
cross join staging.semantic_model
