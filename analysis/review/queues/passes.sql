-- Question: which texts did a coder decide otherwise in context than alone?
-- Answer: one row per text, in context, for an editor who coded none of them.
-- Caveat: context may settle who is meant and whose voice it is, and makes no threat
-- that the text does not contain (codebook 2); until the editor speaks, context counts.
with passes as (
    select
        text_hash,
        coder_id,
        arg_max(decision, review_round) filter (where review_pass = 'T') as alone,
        arg_max(decision, review_round) filter (where review_pass = 'C') as in_context
    from decisions
    where not is_withdrawn and queue != 'drift'
    group by text_hash, coder_id
)

select
    passes.text_hash,
    'passes' as queue,
    '' as stratum,
    null as stratum_texts_count
from passes
inner join text.texts
    on passes.text_hash = texts.text_hash
group by passes.text_hash
having
    count(*) filter (where passes.alone != passes.in_context) > 0
    and count(*) filter (where passes.coder_id = getvariable('coder')) = 0
order by md5('passes' || passes.text_hash)
