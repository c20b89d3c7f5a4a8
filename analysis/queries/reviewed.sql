-- Question: How many flagged texts has a person reviewed, by language and severity?
-- Answer: one row per language and severity.
-- Caveat: what no person reviewed rests on a program alone.
select
    coalesce(language_code, 'unknown') as language_code,
    severity,
    count(distinct text_hash) as texts_count,
    count(distinct text_hash) filter (where is_reviewed) as reviewed_texts_count
from marts.flagged_ads
group by all
order by texts_count desc, language_code asc, severity asc
