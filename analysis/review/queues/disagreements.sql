-- Question: on which texts do coders differ? For an editor who coded none of them.
-- Answer: one row per text, in context; `decisions` are those made so far.
-- Caveat: what the editor decides settles it and needs its reason as a note.
with spoken as (
    select
        text_hash,
        coder_id,
        decision
    from decisions
    where not is_withdrawn and review_pass != 'A' and queue != 'drift'
    qualify row_number() over (
        partition by text_hash, coder_id
        order by review_round desc, review_pass asc
    ) = 1
)

select
    spoken.text_hash,
    'disagreements' as queue,
    '' as stratum,
    null as stratum_texts_count
from spoken
inner join text.texts
    on spoken.text_hash = texts.text_hash
group by spoken.text_hash
having
    count(distinct spoken.decision) > 1
    and count(*) filter (where spoken.coder_id = getvariable('coder')) = 0
order by md5('disagreements' || spoken.text_hash)
