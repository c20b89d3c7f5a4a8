-- hits.name_words: words in names of advertisers that mix letters of two scripts.
-- Grain: one row per shown_name, name_word.
-- Reads: staging.ad_versions, staging.confusables.
-- Caveat: brands mix scripts openly; is_disguised tells apart words in which a reader
-- cannot see it. Neither says who wrote it, or why.
with names as (
    select advertiser_name as shown_name
    from staging.ad_versions
    where advertiser_name is not null
    union
    select funder as shown_name
    from staging.ad_versions
    where funder is not null
),

words as (
    select distinct
        shown_name,
        unnest(regexp_extract_all(
            regexp_replace(
                nfc_normalize(shown_name),
                '[\x{200b}-\x{200d}\x{2060}\x{feff}\x{00ad}]', '', 'g'
            ),
            '[\p{L}\p{M}\p{N}]+'
        )) as name_word
    from names
),

mixed as (
    select
        shown_name,
        name_word,
        text.script_runs(name_word) as runs,
        list_sort(list_distinct(list_transform(
            runs, lambda run: text.script_of(run)
        ))) as script_codes
    from words
    where
        len(list_distinct(list_transform(
            text.script_runs(name_word), lambda run: text.script_of(run)
        ))) > 1
),

ascii_letters as (
    select unnest(string_split('abcdefghijklmnopqrstuvwxyz', '')) as letter
),

-- In which scripts a look exists; a letter of ASCII looks like itself.
looks as (
    select
        looks_like,
        text.script_of(letter) as script_code
    from staging.confusables
    union
    select
        coalesce(confusables.looks_like, ascii_letters.letter) as looks_like,
        'Latn' as script_code
    from ascii_letters
    left join staging.confusables
        on ascii_letters.letter = confusables.letter
),

twins as (
    select
        looks_like,
        list(script_code) as script_codes
    from looks
    group by looks_like
),

runs as (
    select
        shown_name,
        name_word,
        script_codes,
        unnest(runs) as run,
        unnest(range(1, len(runs) + 1)) as run_number
    from mixed
),

letters as (
    select
        shown_name,
        name_word,
        run,
        run_number,
        list_filter(script_codes, lambda code: code != text.script_of(run))
            as other_script_codes,
        unnest(string_split(strip_accents(lower(run)), '')) as letter
    from runs
),

-- A run is not seen whose every letter has a twin in another script of the word.
hidden as (
    select
        letters.shown_name,
        letters.name_word,
        letters.run,
        letters.run_number,
        bool_and(coalesce(
            list_has_any(twins.script_codes, letters.other_script_codes), false
        )) as is_hidden
    from letters
    left join staging.confusables
        on letters.letter = confusables.letter
    left join twins
        on coalesce(confusables.looks_like, letters.letter) = twins.looks_like
    group by
        letters.shown_name,
        letters.name_word,
        letters.run,
        letters.run_number
),

-- The word's own script: one that is seen, else the one with most letters.
main_scripts as (
    select
        shown_name,
        name_word,
        text.script_of(run) as main_script_code
    from hidden
    group by shown_name, name_word, main_script_code
    qualify row_number() over (
        partition by shown_name, name_word
        order by bool_and(is_hidden) asc, sum(length(run)) desc, main_script_code asc
    ) = 1
)

select
    mixed.shown_name,
    mixed.name_word,
    main_scripts.main_script_code,
    mixed.script_codes,
    coalesce(
        list(hidden.run order by hidden.run_number) filter (
            where
            hidden.is_hidden
            and text.script_of(hidden.run) != main_scripts.main_script_code
        ),
        []
    ) as hidden_letters,
    bool_or(hidden.is_hidden) and not text.has_open_seam(mixed.runs) as is_disguised
from mixed
inner join hidden
    on
        mixed.shown_name = hidden.shown_name
        and mixed.name_word = hidden.name_word
inner join main_scripts
    on
        mixed.shown_name = main_scripts.shown_name
        and mixed.name_word = main_scripts.name_word
group by
    mixed.shown_name,
    mixed.name_word,
    main_scripts.main_script_code,
    mixed.script_codes,
    mixed.runs
