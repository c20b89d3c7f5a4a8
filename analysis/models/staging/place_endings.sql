-- staging.place_endings: endings that names of places take in a sentence.
-- Grain: one row per language_code, name_end, ending.
-- Reads: seeds/place_endings.csv.
-- Caveat: in matching form, so one row stands for an ending's harmonic twins.
select
    language_code,
    name_end,
    cast(cut_letters as integer) as cut_letters,
    coalesce(ending, '') as ending,
    cast(is_locative as boolean) as is_locative
from read_csv(
    'seeds/place_endings.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
