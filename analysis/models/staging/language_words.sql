-- staging.language_words: frequent small words that tell one language from another.
-- Grain: one row per language_code, word.
-- Reads: seeds/language_words.csv.
-- Caveat: one word proves nothing; text.text_languages counts them.
select
    language_code,
    word
from read_csv(
    'seeds/language_words.csv',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
)
