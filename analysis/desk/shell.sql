.maxrows 40
.nullvalue ∅
select
    archive,
    database_version,
    ads_count,
    flagged_ads_count,
    first_started_date,
    last_started_date,
    is_invented
from marts.archive_facts;
.print "Tables by layer; from help() says what each holds and names the macros:"
select
    schema_name as layer,
    string_agg(table_name, ', ' order by table_name) as tables
from duckdb_tables()
where not internal
group by schema_name
order by list_position(['marts', 'flags', 'hits', 'text', 'staging'], schema_name);
.print "Try:   from flagged_between('2025-08-26', '2025-09-01');"
.print "       from search_text('torpaq');"
.print "       from why((select min(ad_id) from marts.flagged_ads));"
.print "More:  .read analysis/queries/codes.sql   Leave: .quit"
