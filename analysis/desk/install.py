"""Put the analysts' macros into a database, each with what it is for as its comment."""

from itertools import takewhile
from pathlib import Path

import duckdb

MACROS = Path(__file__).parent / "macros"


def install_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every macro of `macros/`, in the order of the files' names.

    The number before a name puts a macro behind those it uses.
    """
    for path in sorted(MACROS.glob("*.sql")):
        source = path.read_text(encoding="utf-8")
        connection.execute(source)
        kind = "macro table" if ") as table\n" in source else "macro"
        name = path.stem.partition("_")[2]
        said = meaning(source).replace("'", "''")
        connection.execute(f"comment on {kind} {name} is '{said}'")


def meaning(source: str) -> str:
    """What the comment at the head of a file says, on one line."""
    lines = takewhile(lambda line: line.startswith("--"), source.splitlines())
    words = (line.removeprefix("--").strip() for line in lines)
    return " ".join(said for said in words if not said.startswith("noqa:"))
