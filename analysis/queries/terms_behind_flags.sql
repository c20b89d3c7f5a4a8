-- Question: Which words of the lexicon stand behind the flags of the rules?
-- Answer: one row per term, the most frequent first.
-- Caveat: words found are not a finding; the same words stand in harmless texts.
with used as (
    select
        text_hash,
        unnest(term_ids) as term_id
    from flags.reviewed_flags
    where is_threat
)

select
    used.term_id,
    lexicon_terms.concept,
    lexicon_terms.pattern,
    count(*) as flagged_texts_count
from used
inner join staging.lexicon_terms
    on used.term_id = lexicon_terms.term_id
group by used.term_id, lexicon_terms.concept, lexicon_terms.pattern
order by flagged_texts_count desc, used.term_id asc
limit 40
