-- staging.lexicon_terms: the terms searched for, as patterns of words.
-- Grain: one row per term_id.
-- Reads: seeds/lexicon/*.csv, seeds/audience_terms.csv, seeds/calendar_hooks.csv.
-- Caveat: Azerbaijani terms are also sought in Cyrillic, derived letter by letter;
-- terms on audiences have concepts without a bit, so scores do not depend on them.
with terms as (
    select
        term_id,
        concept,
        pattern,
        status as term_status,
        example_hit,
        example_miss,
        source as term_source,
        coalesce(language, regexp_extract(filename, '([a-z]+)[.]csv$', 1))
            as lexicon_language
    from read_csv(
        [
            'seeds/lexicon/*.csv',
            'seeds/audience_terms.csv',
            'seeds/calendar_hooks.csv'
        ],
        union_by_name = true,
        header = true,
        all_varchar = true,
        delim = ',',
        quote = '"',
        escape = '"',
        filename = true
    )
),

cyrillic as (
    select
        term_id || '-cyrl' as term_id,
        concept,
        text.az_cyrillic(text.lower_az(pattern)) as pattern,
        term_status,
        text.az_cyrillic(text.lower_az(example_hit)) as example_hit,
        text.az_cyrillic(text.lower_az(example_miss)) as example_miss,
        term_source,
        lexicon_language
    from terms
    where lexicon_language = 'az'
)

select
    term_id,
    concept,
    pattern,
    term_status,
    example_hit,
    example_miss,
    term_source,
    lexicon_language
from terms
union all by name
select
    term_id,
    concept,
    pattern,
    term_status,
    example_hit,
    example_miss,
    term_source,
    lexicon_language
from cyrillic
