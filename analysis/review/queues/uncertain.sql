-- Question: of which texts is the program least sure?
-- Answer: one row per text: those it sends to review, and the 100 next to the bar.
-- Caveat: picked because they are doubtful; no rate is ever computed from them.
with near as (
    select text_scores.text_hash
    from hits.text_scores
    cross join staging.semantic_model
    qualify row_number() over (
        order by
            abs(text_scores.threat_score - semantic_model.threat_threshold) asc,
            text_scores.text_hash asc
    ) <= 100
),

doubtful as (
    select text_hash
    from near
    union
    select text_hash
    from flags.text_flags
    where text_verdict = 'review'
)

select
    text_hash,
    'uncertain' as queue,
    '' as stratum,
    null as stratum_texts_count
from doubtful
order by md5('uncertain' || text_hash)
