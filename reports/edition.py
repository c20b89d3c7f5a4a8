"""One edition of the report in the making: its marts, facts, queries and charts."""

import hashlib
import json
import logging
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from reports.blocks import Block
from reports.clean import clean
from reports.database import TABLES, Facts, Row, cut, rows_of
from reports.figure import finish, new_figure, source_line

log = logging.getLogger("reports")
CHARTS = Path(__file__).parent / "charts"


@dataclass
class Edition:
    """What sections ask: rows of a query, a drawn chart, the period before."""

    connection: duckdb.DuckDBPyConnection
    facts: Facts
    folder: Path
    queries: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[Path, list[Row]] = field(default_factory=dict)

    def table(self, name: str) -> list[Row]:
        """The rows of `tables/<name>.sql`."""
        return self.rows(TABLES / f"{name}.sql")

    def drawn(self, name: str) -> list[Row]:
        """The rows that the chart of a name shows."""
        return self.rows(CHARTS / f"{name}.sql")

    def rows(self, path: Path) -> list[Row]:
        """The rows of a query, asked once and from then on known to the manifest."""
        if path in self.answers:
            return self.answers[path]
        rows = self.answers[path] = rows_of(self.connection, path)
        self.queries[f"{path.parent.name}/{path.stem}"] = {
            "query": path.read_text(encoding="utf-8"),
            "rows_count": len(rows),
            "rows_sha256": rows_sha256(rows),
        }
        return rows

    def rows_before(self, name: str) -> list[Row]:
        """The rows of a table for the period before."""
        before = self.facts.period.before
        if before is None:
            return []
        cut(self.connection, before, self.facts.settings)
        try:
            return rows_of(self.connection, TABLES / f"{name}.sql")
        finally:
            cut(self.connection, self.facts.period, self.facts.settings)

    @cached_property
    def ads(self) -> list[Row]:
        """The flagged ads in the order of the report."""
        return self.table("flagged_ads")

    def chart(self, name: str) -> Block:
        """Draw a chart; without rows there is a sentence and no picture."""
        module = import_module(f"reports.charts.{name}")
        rows = self.drawn(name)
        block = {"kind": "chart", "name": name, "caption": "", "alt": "", "image": ""}
        if not rows:
            return {**block, "title": clean(self.facts.say(f"charts.{name}.empty"))}
        said = module.words(rows, self.facts)
        figure = new_figure()
        module.draw(figure, rows, self.facts)
        path = self.folder / "charts" / name
        finish(
            figure, clean(said.title), clean(source_line(self.facts)), path, self.facts
        )
        log.info("  chart %s: %s", name, said.title)
        return {
            **block,
            "title": clean(said.title),
            "caption": clean(said.caption),
            "alt": clean(said.alt),
            "image": f"charts/{name}.svg",
        }


def rows_sha256(rows: list[Row]) -> str:
    """A sum over the values of rows in their order."""
    total = hashlib.sha256()
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, default=str)
        total.update(f"{line}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()
