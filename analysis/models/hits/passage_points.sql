-- hits.passage_points: each candidate text, and its passages, as the scores see them.
-- Grain: one row per text_hash, passage_number.
-- Reads: hits.passage_vectors, hits.passages, hits.term_hits, hits.text_concepts,
-- hits.text_vectors, staging.concepts.
-- Caveat: passage 0 is the whole text; a passage has only the concepts of its words.
with concepts_within as (
    select
        passages.text_hash,
        passages.passage_number,
        bit_or(cast(1 as ubigint) << cast(concepts.concept_bit as ubigint))
            as concept_mask
    from hits.passages
    inner join hits.term_hits
        on
            passages.text_hash = term_hits.text_hash
            and passages.start_word <= term_hits.first_position
            and passages.end_word >= term_hits.last_position
    inner join staging.concepts
        on term_hits.concept = concepts.concept
    group by passages.text_hash, passages.passage_number
)

select
    text_vectors.text_hash,
    0 as passage_number,
    cast(null as integer) as start_word,
    cast(null as integer) as end_word,
    text_vectors.model_version,
    text_vectors.vector,
    text_concepts.concept_mask
from hits.text_vectors
inner join hits.text_concepts
    on text_vectors.text_hash = text_concepts.text_hash
union all
select
    passages.text_hash,
    passages.passage_number,
    passages.start_word,
    passages.end_word,
    text_vectors.model_version,
    passage_vectors.vector,
    coalesce(concepts_within.concept_mask, 0) as concept_mask
from hits.passages
inner join hits.text_vectors
    on passages.text_hash = text_vectors.text_hash
inner join hits.passage_vectors
    on
        passages.text_hash = passage_vectors.text_hash
        and passages.passage_number = passage_vectors.passage_number
left join concepts_within
    on
        passages.text_hash = concepts_within.text_hash
        and passages.passage_number = concepts_within.passage_number
