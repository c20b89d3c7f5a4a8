-- Question: In which scripts is each language written, and how sure is the program?
-- Answer: one row per language and script.
-- Caveat: one or two words or names alone say little of a language.
select
    language_code,
    script_code,
    count(*) as texts_count,
    count(*) filter (where not is_language_certain) as uncertain_texts_count
from text.text_languages
group by all
order by texts_count desc, language_code asc, script_code asc
