-- Question: How are the threat scores spread, and where is the threshold?
-- Answer: one row per tenth of the score.
-- Caveat: a score is a likeness and no probability.
select
    round(floor(text_scores.threat_score * 10) / 10, 1) as score_from,
    count(*) as texts_count,
    count(*) filter (where coalesce(text_flags.is_threat, false))
        as flagged_texts_count,
    any_value(semantic_model.threat_threshold) as threat_threshold
from hits.text_scores
left join flags.text_flags
    on text_scores.text_hash = text_flags.text_hash
cross join staging.semantic_model
group by score_from
order by score_from desc
