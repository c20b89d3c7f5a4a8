-- staging.confusables: letters that look like letters of ASCII.
-- Grain: one row per letter.
-- Reads: seeds/confusables.csv.
-- Caveat: small letters only; alike in most typefaces, not in all.
select
    letter,
    looks_like,
    look_source
from read_csv(
    'seeds/confusables.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
