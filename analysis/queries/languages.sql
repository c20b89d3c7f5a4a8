-- Question: What share of the texts in each language is flagged?
-- Answer: one row per language, with Wilson's 95 % interval of the share in per mille.
-- Caveat: the share is of what was collected by its queries, not of all ads in a
-- language.
with counted as (
    select
        text_languages.language_code,
        count(*) as texts_count,
        count(*) filter (where coalesce(reviewed_flags.is_threat, false))
            as flagged_texts_count
    from text.text_languages
    left join flags.reviewed_flags
        on text_languages.text_hash = reviewed_flags.text_hash
    group by text_languages.language_code
),

shared as (
    select
        language_code,
        texts_count,
        flagged_texts_count,
        flagged_texts_count / texts_count as share,
        1.96 * 1.96 as z_squared
    from counted
)

select
    language_code,
    texts_count,
    flagged_texts_count,
    round(1000 * share) as flagged_per_mille,
    round(1000 * (
        share + z_squared / (2 * texts_count) - 1.96 * sqrt(
            share * (1 - share) / texts_count
            + z_squared / (4 * texts_count * texts_count)
        )
    ) / (1 + z_squared / texts_count)) as flagged_per_mille_low,
    round(1000 * (
        share + z_squared / (2 * texts_count) + 1.96 * sqrt(
            share * (1 - share) / texts_count
            + z_squared / (4 * texts_count * texts_count)
        )
    ) / (1 + z_squared / texts_count)) as flagged_per_mille_high
from shared
order by texts_count desc, language_code asc
