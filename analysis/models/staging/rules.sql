-- staging.rules: which concepts, how near each other, make which codebook code.
-- Grain: one row per rule_id.
-- Reads: seeds/rules.csv.
-- Caveat: window_words 0 means anywhere in the text.
select
    rule_id,
    code,
    title as rule_title,
    title_az as rule_title_az,
    string_split(concepts, ' ') as concepts,
    cast("window" as integer) as window_words,
    cast(severity as integer) as severity,
    status as rule_status,
    known_false_positives,
    known_false_positives_az,
    source as rule_source
from read_csv(
    'seeds/rules.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
