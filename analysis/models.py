"""The models: one select per file, its header held against what it really reads.

A model is `models/<layer>/<name>.sql`, or `.py` where SQL cannot say it, and becomes
the table `<layer>.<name>`. Its header names the grain, what it reads, and a caveat.
"""

import ast
import json
import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from analysis.errors import ModelError

LAYERS = ("staging", "text", "hits", "flags", "marts")
FOLDER = Path(__file__).parent / "models"
_TITLE = re.compile(r"(\w+\.\w+): (.+?\.)$", re.MULTILINE | re.DOTALL)
_HEADER = re.compile(r"^(Grain|Reads|View|Caveat): (.+?)\.$", re.MULTILINE | re.DOTALL)
ONE_ROW = "one row"


@dataclass(frozen=True)
class Model:
    """One model file; `key` is empty where the table has a single row.

    `reads` are tables of other models, `files` the patterns of files it reads. A view
    stands in no file.
    """

    name: str
    path: Path
    source: str
    meaning: str
    key: tuple[str, ...]
    reads: frozenset[str]
    files: frozenset[str]
    is_view: bool

    @property
    def is_python(self) -> bool:
        """Whether it holds a `table(connection, cache)` function, not a select."""
        return self.path.suffix == ".py"


def ordered_models(folder: Path = FOLDER) -> list[Model]:
    """All models, each after those it reads.

    Raises:
        ModelError: a header is wrong, a name is used twice, or models read in a ring.
    """
    paths = [*folder.glob("*/*.sql"), *folder.glob("*/[!_]*.py")]
    models = {model.name: model for model in map(read_model, sorted(paths))}
    if len(models) < len(paths):
        raise ModelError(f"{folder}: two files make the same table")
    graph = {name: sorted(model.reads) for name, model in sorted(models.items())}
    try:
        names = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ModelError(f"{folder}: models read in a ring: {error.args[1]}") from error
    if missing := set(names) - models.keys():
        raise ModelError(f"{folder}: no model makes {', '.join(sorted(missing))}")
    return [models[name] for name in names]


def read_model(path: Path) -> Model:
    """The model in `path`, its header checked against its code."""
    source = path.read_text(encoding="utf-8")
    name = f"{path.parent.name}.{path.stem}"
    comment = _header_comment(source)
    header = {word: _one_line(said) for word, said in _HEADER.findall(comment)}
    title = _TITLE.match(comment)
    if title is None or title[1] != name:
        raise ModelError(
            f"{path}: the first line must read '-- {name}: what it holds.'"
        )
    if missing := {"Grain", "Reads", "Caveat"} - header.keys():
        raise ModelError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    said = set(header["Reads"].split(", "))
    reads = sources_read(source) if path.suffix == ".sql" else _sources_named(source)
    if said != reads:
        raise ModelError(
            f"{path}: the header reads {sorted(said)}, the code reads {sorted(reads)}"
        )
    tables = {source for source in reads if source.split(".")[0] in LAYERS}
    if reads > tables and path.parent.name != "staging":
        raise ModelError(
            f"{path}: only staging may read files: {sorted(reads - tables)}"
        )
    for table in tables:
        if LAYERS.index(table.split(".")[0]) > LAYERS.index(path.parent.name):
            raise ModelError(f"{path}: {path.parent.name} may not read {table}")
    key = _key(header["Grain"])
    meaning = _one_line(title[2])
    files = frozenset(reads - tables)
    return Model(
        name,
        path,
        source,
        meaning,
        key,
        frozenset(tables),
        files,
        "View" in header,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _header_comment(source: str) -> str:
    """The comment or docstring that a model file begins with, without its marks."""
    if source.startswith('"""'):
        return source[3:].partition('"""')[0]
    lines = takewhile(lambda line: line.startswith("--"), source.splitlines())
    return "\n".join(line.removeprefix("--").strip() for line in lines)


def _key(grain: str) -> tuple[str, ...]:
    if grain == ONE_ROW:
        return ()
    return tuple(grain.removeprefix("one row per ").split(", "))


def sources_read(sql: str) -> set[str]:
    """Tables with a schema, and files, that a select reads: from DuckDB's parse tree.

    Not `duckdb.get_table_names`: it binds the query, so it fails on files that are
    not there, and it does not see them.
    """
    row = duckdb.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    tree = json.loads(row[0])
    if tree["error"]:
        raise ModelError(f"{tree['error_message']} in: {sql[:60]!r}")
    found: set[str] = set()
    for node in nodes(tree):
        if node.get("type") == "BASE_TABLE" and node["schema_name"]:
            found.add(f"{node['schema_name']}.{node['table_name']}")
        elif node.get("type") == "TABLE_FUNCTION" and (
            node["function"]["function_name"].startswith("read_")
        ):
            found |= _constants(node["function"]["children"][0])
    return found


def _constants(tree: Any) -> set[str]:
    return {
        node["value"]["value"]
        for node in nodes(tree)
        if node.get("type") == "VALUE_CONSTANT"
    }


def nodes(tree: Any) -> list[dict[str, Any]]:
    """Every node of a parse tree of DuckDB's."""
    found: list[dict[str, Any]] = []
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            found.append(node)
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return found


def _sources_named(source: str) -> set[str]:
    """What the selects among the texts of a Python model read."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    selects = [text for text in texts if text.split()[:1] == ["select"]]
    return set().union(*map(sources_read, selects))
