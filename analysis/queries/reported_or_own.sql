-- Question: How many ads threaten in their own voice, and how many report or condemn a
-- threat?
-- Answer: one row per language.
-- Caveat: coverage and counter-speech are never threats.
with judged as (
    select
        language_code,
        true as is_own,
        null as voice
    from marts.flagged_ads
    union all
    select
        language_code,
        false as is_own,
        voice
    from marts.other_verdicts
    where text_verdict = 'reported'
)

select
    coalesce(language_code, 'unknown') as language_code,
    count(*) filter (where is_own) as own_ads_count,
    count(*) filter (where voice = 'V3') as reported_ads_count,
    count(*) filter (where voice = 'V4') as condemned_ads_count
from judged
group by all
order by own_ads_count desc, language_code asc
