-- text.stretches: every distinct stretch of writing between blanks, with its words.
-- Grain: one row per stretch.
-- Reads: text.texts.
-- Caveat: stretch_id is a number of this build; a stretch like — has no words.
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
    cast(row_number() over () as integer) as stretch_id,
    text.words_of(stretch) as words,
    occurrence_count
from counted
