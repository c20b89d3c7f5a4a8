-- Question: Which texts are nearest to the threshold on either side?
-- Answer: one row per text, the nearest first.
-- Caveat: a small change of wording would turn these; a person should read them.
select
    text_scores.text_hash,
    text_scores.threat_score,
    semantic_model.threat_threshold,
    coalesce(reviewed_flags.text_verdict, 'none') as text_verdict,
    coalesce(reviewed_flags.is_reviewed, false) as is_reviewed,
    texts.wording
from hits.text_scores
inner join text.texts
    on text_scores.text_hash = texts.text_hash
left join flags.reviewed_flags
    on text_scores.text_hash = reviewed_flags.text_hash
cross join staging.semantic_model
order by
    abs(text_scores.threat_score - semantic_model.threat_threshold) asc,
    text_scores.text_hash asc
limit 20
