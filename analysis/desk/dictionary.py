"""The dictionary: what a database says of itself, and the questions it can answer."""

from pathlib import Path

import duckdb

from analysis.desk.install import meaning
from analysis.models import LAYERS

QUERIES = Path("analysis/queries")
TARGET = Path("analysis/README.md")
# All of the file from here on is written by the program.
HEADING = "## Dictionary\n"
HEAD = f"""{HEADING}
Written by `make dictionary` from the heads of the queries and the comments in the
database; do not edit. `from help()` says the same in every database.
"""
TABLES = """
with tables as (
    select schema_name, table_name, comment, internal from duckdb_tables()
    union all
    select schema_name, view_name, comment, internal from duckdb_views()
)
from tables select schema_name, table_name, comment
where not internal and schema_name != 'main'
order by list_position(?, schema_name), table_name
"""
COLUMNS = """
select column_name, data_type, comment from duckdb_columns()
where not internal and schema_name = ? and table_name = ? order by column_index
"""
MACROS = "select named, meaning from help() where kind = 'macro' order by named"


def dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    """Every question, macro, table and column with its meaning, as Markdown."""
    parts = [HEAD, "### Questions\n"]
    for path in sorted(QUERIES.glob("*.sql")):
        head = meaning(path.read_text(encoding="utf-8"))
        question = head.removeprefix("Question: ").partition(" Answer: ")[0]
        parts.append(f"- [{path.stem}](queries/{path.name}): {question}")
    parts.append("\n### Macros\n")
    for named, said in connection.execute(MACROS).fetchall():
        parts.append(f"- `{named}`: {said.partition(': ')[2]}")
    parts.append("\n### Tables")
    shown = ""
    last_first = list(reversed(LAYERS))
    for layer, name, said in connection.execute(TABLES, [last_first]).fetchall():
        if layer != shown:
            # Folded up, so that the page stays short to who reads on.
            end = "\n</details>\n" if shown else ""
            parts.append(f"{end}\n<details><summary>{layer}</summary>")
            shown = layer
        parts.append(f"\n#### {layer}.{name}\n\n{said[:1].upper()}{said[1:]}\n")
        parts.append("| column | type | meaning |\n|---|---|---|")
        for column, kind, told in connection.execute(COLUMNS, [layer, name]).fetchall():
            parts.append(f"| `{column}` | {_plain(kind)} | {told} |")
    return "\n".join(parts) + "\n\n</details>\n"


def with_dictionary(page: str, written: str) -> str:
    """The page with the dictionary in place of its last part."""
    return page.partition(HEADING)[0] + written


def _plain(kind: str) -> str:
    """A type without the fields of its structures, which the comment explains."""
    if kind.startswith("STRUCT"):
        return "structures" if kind.endswith("[]") else "structure"
    return kind.lower()
