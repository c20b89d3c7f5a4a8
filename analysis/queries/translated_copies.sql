-- Question: Which messages run in two languages?
-- Answer: one row per pair of texts, the likest first.
-- Caveat: likeness of meaning, some are news of the same form: read both.
select
    language_code,
    other_language_code,
    wording,
    other_wording,
    similarity,
    similarity_margin,
    shared_advertisers_count,
    ads_count,
    other_ads_count,
    is_threat,
    is_other_threat,
    start_spread_days
from marts.translated_copies
order by similarity_margin desc, text_hash asc, other_text_hash asc
