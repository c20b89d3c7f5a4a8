-- flags.flag_examples: the labelled texts that each flagged text is most like.
-- Grain: one row per text_hash, example_rank.
-- Reads: flags.text_flags, hits.passage_points, hits.text_scores, staging.labels,
-- staging.semantic_centres, staging.semantic_model.
-- Caveat: likeness of the scored passage, not of what is claimed; read both texts.
with flagged as (
    select
        text_flags.text_hash,
        passage_points.concept_mask,
        text.as_vector(passage_points.vector, semantic_model.vector_step) as vector
    from flags.text_flags
    inner join hits.text_scores
        on text_flags.text_hash = text_scores.text_hash
    inner join hits.passage_points
        on
            text_scores.text_hash = passage_points.text_hash
            and text_scores.passage_number = passage_points.passage_number
    cross join staging.semantic_model
    where text_flags.is_threat
),

-- Unpacked once, not once per flagged text.
centres as (
    select
        semantic_centres.label_id,
        semantic_centres.concept_mask,
        text.as_vector(semantic_centres.vector, semantic_model.vector_step) as vector
    from staging.semantic_centres
    cross join staging.semantic_model
),

-- Before they are ranked, so that no vector is carried through the sorting.
likenesses as (
    select
        flagged.text_hash,
        centres.label_id,
        round(text.likeness(
            flagged.vector,
            flagged.concept_mask,
            centres.vector,
            centres.concept_mask,
            semantic_model.vector_reach,
            semantic_model.concept_weight
        ), 4) as likeness
    from flagged
    cross join centres
    cross join staging.semantic_model
),

ranked as (
    select
        text_hash,
        label_id,
        likeness
    from likenesses
    qualify row_number() over (
        partition by text_hash order by likeness desc, label_id asc
    ) <= 3
)

select
    ranked.text_hash,
    row_number() over (
        partition by ranked.text_hash order by ranked.likeness desc, ranked.label_id asc
    ) as example_rank,
    ranked.label_id,
    ranked.likeness,
    labels.label_text,
    labels.is_label_threat
from ranked
inner join staging.labels
    on ranked.label_id = labels.label_id
