-- staging.evidence_codes: the codebook's kinds of evidence on an ad's audience.
-- Grain: one row per evidence_code.
-- Reads: seeds/evidence.csv.
-- Caveat: grade A is the library's own word, B the ad's, C its topic.
select
    evidence_code,
    name as evidence_name,
    grade as evidence_grade
from read_csv(
    'seeds/evidence.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
