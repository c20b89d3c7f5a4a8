-- staging.outlet_words: words that outlets put beside their name in a domain.
-- Grain: one row per outlet_word.
-- Reads: seeds/outlet_words.csv.
-- Caveat: ordinary words; alone they say nothing.
select
    outlet_word,
    language_code
from read_csv(
    'seeds/outlet_words.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
