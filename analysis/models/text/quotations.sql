-- text.quotations: which words of a text stand in quotation marks.
-- Grain: one row per text_hash, first_position.
-- Reads: text.texts.
-- Caveat: single words are left out (names, irony), and so is a quotation that is
-- nearly the whole ad and has no words before it, for a bare quotation speaks in the
-- advertiser's own voice.
with quoted as (
    select
        text_hash,
        wording,
        unnest(regexp_extract_all(
            wording, '«[^«»]+»|[“„][^“”„]+[”“]|"[^"]+"'
        )) as quotation
    from text.texts
    where
        contains(wording, '"')
        or contains(wording, '«')
        or contains(wording, '“')
        or contains(wording, '„')
),

-- Cutting texts into words is what costs: only what is asked for is cut, and once.
counted as materialized (
    select
        text_hash,
        wording,
        len(text.words_of(left(wording, instr(wording, quotation)))) as words_before,
        len(text.words_of(quotation)) as quoted_count
    from quoted
)

select
    text_hash,
    words_before + 1 as first_position,
    max(words_before + quoted_count) as last_position
from counted
where
    quoted_count > 1
    and if(
        words_before > 0, true, len(text.words_of(wording)) - quoted_count > 2
    )
group by text_hash, first_position
