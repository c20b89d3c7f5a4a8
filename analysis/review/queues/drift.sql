-- Question: does a coder still code as a month ago? Twenty old texts, blind.
-- Answer: one row per text that the coder decided at least 28 days ago.
-- Caveat: measures the coder; the answer changes no verdict.
select
    decisions.text_hash,
    'drift' as queue,
    '' as stratum,
    null as stratum_texts_count
from decisions
inner join text.texts
    on decisions.text_hash = texts.text_hash
where
    decisions.coder_id = getvariable('coder')
    and decisions.review_pass = 'T'
    and decisions.review_round = 1
    and not decisions.is_withdrawn
    and decisions.decided_at < cast(getvariable('today') as date) - 28
order by
    md5(strftime(cast(getvariable('today') as date), '%Y-%m') || decisions.text_hash)
limit 20
