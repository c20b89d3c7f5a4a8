-- staging.vetoes: what near a rule's trigger says that this is no own, present threat.
-- Grain: one row per veto_id.
-- Reads: seeds/vetoes.csv.
-- Caveat: window_words 0 means anywhere in the text.
select
    veto_id,
    concept,
    effect,
    cast("window" as integer) as window_words,
    string_split(codes, ' ') as codes,
    note as veto_note
from read_csv(
    'seeds/vetoes.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
