-- staging.audience_concepts: what terms on audiences mean and are evidence of.
-- Grain: one row per concept.
-- Reads: seeds/audience_concepts.csv.
-- Caveat: without a code the term is evidence only beside another one.
select
    concept,
    evidence_code,
    meaning as concept_meaning
from read_csv(
    'seeds/audience_concepts.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
