-- Question: How many flagged ads are veiled, explicit or inciting, in each language?
-- Answer: one row per language.
-- Caveat: the program gives 2 or 3; only rules and people give 4.
select
    coalesce(language_code, 'unknown') as language_code,
    count(*) filter (where severity = 2) as veiled_ads_count,
    count(*) filter (where severity = 3) as explicit_ads_count,
    count(*) filter (where severity = 4) as inciting_ads_count,
    count(*) as ads_count
from marts.flagged_ads
group by all
order by ads_count desc, language_code asc
