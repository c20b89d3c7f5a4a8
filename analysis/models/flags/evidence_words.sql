-- flags.evidence_words: the words of a text that its verdict rests on, as written.
-- Grain: one row per text_hash, position.
-- Reads: flags.text_flags, hits.term_hits, text.texts.
-- Caveat: words that a pattern steps over are not evidence and not listed.
with found as (
    select
        text_flags.text_hash,
        unnest(term_hits.positions) as position
    from flags.text_flags
    inner join hits.term_hits
        on
            text_flags.text_hash = term_hits.text_hash
            and list_contains(text_flags.term_ids, term_hits.term_id)
    where
        term_hits.first_position
        between text_flags.evidence_start and text_flags.evidence_end
)

select
    found.text_hash,
    found.position,
    regexp_extract(
        any_value(text.pieces_of(texts.wording))[found.position],
        text.word_pattern()
    ) as shown_word
from found
inner join text.texts
    on found.text_hash = texts.text_hash
group by found.text_hash, found.position
