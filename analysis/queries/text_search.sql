-- Question: Which texts speak of borders, in any case, spelling or alphabet? (Change
-- the word.)
-- Answer: one row per text.
-- Caveat: finds words that begin so; longer words of another meaning come too.
select
    language_code,
    found_words,
    text_verdict,
    len(ad_ids) as ads_count,
    wording
from search_text('sərhəd')
order by text_verdict asc, wording asc
