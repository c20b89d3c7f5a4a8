-- flags.semantic_codes: which threat codes a text's score speaks for, strongest first.
-- Grain: one row per text_hash.
-- Reads: hits.text_scores, staging.semantic_model.
-- Caveat: what is said, whoever says it; a report of a threat has the threat's codes.
with scored as (
    select
        text_hash,
        unnest(['T1', 'T2', 'T3', 'T4', 'T5a', 'T5b', 'T6', 'T7', 'T8', 'T9']) as code,
        unnest([
            t1_score,
            t2_score,
            t3_score,
            t4_score,
            t5a_score,
            t5b_score,
            t6_score,
            t7_score,
            t8_score,
            t9_score
        ]) as code_score
    from hits.text_scores
)

select
    scored.text_hash,
    arg_max(scored.code, (scored.code_score, scored.code)) as best_code,
    coalesce(
        list(scored.code order by scored.code) filter (
            where scored.code_score >= semantic_model.code_threshold
        ),
        []
    ) as codes
from scored
cross join staging.semantic_model
group by scored.text_hash
