-- staging.queries: what each run asked its library for.
-- Grain: one row per library, run_id, query_id.
-- Reads: raw/*/*/run.json.
-- Caveat: dates are null where a query has none, as for files that are taken whole.
with asked as (
    select
        library,
        run_id,
        status as run_status,
        cut_short,
        unnest(queries) as query
    from read_json(
        'raw/*/*/run.json',
        columns = {
            library: 'varchar',
            run_id: 'varchar',
            status: 'varchar',
            cut_short: 'map(varchar, varchar)',
            queries: 'struct(
                query_id varchar, country_codes varchar[], reason varchar
            )[]'
        }
    )
)

select
    asked.library,
    asked.run_id,
    asked.query.query_id,
    asked.query.reason as query_text,
    coalesce(asked.query.country_codes, []) as requested_country_codes,
    asked.cut_short[asked.query.query_id] as cut_short_text,
    asked.run_status = 'complete'
    and asked.cut_short[asked.query.query_id] is null as is_complete,
    cast(nullif(regexp_extract(
        asked.query.reason, '(\d{4}-\d\d-\d\d) to \d{4}-\d\d-\d\d', 1
    ), '') as date) as requested_from_date,
    cast(nullif(regexp_extract(
        asked.query.reason, '\d{4}-\d\d-\d\d to (\d{4}-\d\d-\d\d)', 1
    ), '') as date) as requested_until_date
from asked
