-- hits.covered_words: words of names that only look like Azerbaijan's.
-- Grain: one row per text_hash, position.
-- Reads: hits.term_hits.
-- Caveat: Nakhichevan-on-Don, Karabakh horses, provinces of Iran: concept not_topic.
select distinct
    text_hash,
    unnest(range(first_position, last_position + 1)) as position
from hits.term_hits
where concept = 'not_topic'
