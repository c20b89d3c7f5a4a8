"""The data dictionary, written from what a database says of itself."""

from pathlib import Path

import duckdb

from analysis.models import LAYERS

TARGET = Path("analysis/DICTIONARY.md")
HEAD = """# Data dictionary

Written from the comments in the database by `make dictionary`; do not edit. The same is
in every database: `from help()`, `select column_name, comment from duckdb_columns()`.
"""
TABLES = """
select schema_name, table_name, comment from duckdb_tables()
where not internal and schema_name != 'main'
order by list_position(?, schema_name), table_name
"""
COLUMNS = """
select column_name, data_type, comment from duckdb_columns()
where not internal and schema_name = ? and table_name = ? order by column_index
"""
MACROS = "select named, meaning from help() where kind = 'macro' order by named"


def dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    """Every macro, table and column with its meaning, as Markdown."""
    parts = [HEAD, "## Macros\n"]
    for named, meaning in connection.execute(MACROS).fetchall():
        parts.append(f"- `{named}`: {meaning.partition(': ')[2]}")
    last_first = list(reversed(LAYERS))
    for layer, name, meaning in connection.execute(TABLES, [last_first]).fetchall():
        parts.append(f"\n## {layer}.{name}\n\n{meaning[:1].upper()}{meaning[1:]}\n")
        parts.append("| column | type | meaning |\n|---|---|---|")
        for column, kind, said in connection.execute(COLUMNS, [layer, name]).fetchall():
            parts.append(f"| `{column}` | {_plain(kind)} | {said} |")
    return "\n".join(parts) + "\n"


def _plain(kind: str) -> str:
    """A type without the fields of its structures, which the comment explains."""
    if kind.startswith("STRUCT"):
        return "structures" if kind.endswith("[]") else "structure"
    return kind.lower()
