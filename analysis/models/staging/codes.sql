-- staging.codes: the codebook's threat codes.
-- Grain: one row per code.
-- Reads: seeds/codes.csv.
-- Caveat: T5c is peaceful advocacy: recorded, never a threat.
select
    code,
    name as code_name,
    meaning as code_meaning
from read_csv(
    'seeds/codes.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
