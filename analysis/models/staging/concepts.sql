-- staging.concepts: what lexicon terms can mean, and each meaning's bit in a mask.
-- Grain: one row per concept.
-- Reads: seeds/concepts.csv.
-- Caveat: a bit is never given to another concept; the trained weights rely on it.
select
    concept,
    meaning as concept_meaning,
    cast(bit as integer) as concept_bit
from read_csv(
    'seeds/concepts.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
