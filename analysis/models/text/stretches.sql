-- text.stretches: every distinct stretch of writing between blanks, with its words.
-- Grain: one row per stretch.
-- Reads: text.texts.
-- Caveat: a stretch like — has no words, one like re-arm two.
with written as (
    select unnest(text.stretches_of(wording, has_hidden_words)) as stretch
    from text.texts
),

counted as (
    select
        stretch,
        count(*) as occurrence_count
    from written
    group by stretch
)

select
    stretch,
    text.words_of(stretch) as words,
    occurrence_count
from counted
