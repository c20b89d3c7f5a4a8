-- hits.text_concepts: which concepts each text has, as bits of one number.
-- Grain: one row per text_hash.
-- Reads: hits.term_hits, staging.concepts, text.texts.
-- Caveat: a concept is words found; that it is meant is for the flags to say.
select
    texts.text_hash,
    coalesce(
        bit_or(cast(1 as ubigint) << cast(concepts.concept_bit as ubigint)),
        cast(0 as ubigint)
    ) as concept_mask,
    list_sort(list_distinct(
        coalesce(list(concepts.concept) filter (where concepts.concept is not null), [])
    )) as concepts
from text.texts
left join hits.term_hits
    on texts.text_hash = term_hits.text_hash
left join staging.concepts
    on term_hits.concept = concepts.concept
group by texts.text_hash
