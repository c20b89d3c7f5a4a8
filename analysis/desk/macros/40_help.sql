-- noqa: disable=LT02,AM04,RF02,RF03
-- help(): every table and macro of this database with what it is for.
create macro help() as table
select
    'table' as kind,
    schema_name || '.' || table_name as named,
    comment as meaning
from duckdb_tables()
where not internal and database_name = current_database()
union all
select
    'table' as kind,
    schema_name || '.' || view_name as named,
    comment as meaning
from duckdb_views()
where not internal and database_name = current_database()
union all
select
    'macro' as kind,
    function_name || '(' || array_to_string(parameters, ', ') || ')' as named,
    comment as meaning
from duckdb_functions()
where
    database_name = current_database()
    and schema_name = 'main'
    and comment is not null
order by kind asc, named asc;
