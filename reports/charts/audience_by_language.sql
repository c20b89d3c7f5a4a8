-- Flagged ads by audience level and language.
-- Grain: one row per audience_level and language_code.
-- Reads: marts.flagged_ads.
-- Caveat: a level says how strong the evidence is; a language is not a nationality.
select
    language_code,
    coalesce(audience_level, 0) as audience_level,
    count(*) as flagged_ads_count
from marts.flagged_ads
group by all
order by
    audience_level desc,
    language_code asc nulls last
