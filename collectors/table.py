"""Any table of ads a colleague sends: CSV, JSON lines or Parquet, by a mapping.

A mapping is a small TOML file in seeds/mappings that says which column is which field
of the ad record; its form is told in collectors/README.md. It is kept with the run,
so that the records can be made again when the mapping has changed since.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from collectors.errors import SettingsError
from collectors.file_plan import FileSettings, file_queries
from collectors.landing import LandedPage
from collectors.plan import Query
from collectors.protocol import DatasetRow, Library, RawRecord
from collectors.table_record import NAME, ad, mapping_problem
from collectors.table_targets import gathered
from collectors.tables import (
    Table,
    csv_records,
    json_line_records,
    parquet_records,
    tables,
)

MAPPINGS = Path(__file__).parent.parent / "seeds" / "mappings"
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True, kw_only=True)
class TableSettings(FileSettings):
    """The files to bring in, each after the mapping that reads it: `ira_2018=ads.csv`.

    A mapping is named by its stem in seeds/mappings, or by its path.
    """

    # Countries that all the ads were shown in, if that is known.
    countries: tuple[str, ...] = ()

    def problem(self) -> str | None:
        """What is wrong with the values taken together; None if nothing."""
        if not self.files:
            return 'files is missing: name the tables, for example ["ira_2018=ads.csv"]'
        for entry in self.files:
            mapping, _, path = entry.partition("=")
            if not path or not mapping_path(mapping).is_file():
                known = ", ".join(sorted(path.stem for path in MAPPINGS.glob("*.toml")))
                return f"{entry!r}: write mapping=file; known mappings: {known}"
        return super().problem()


def mapping_path(name: str) -> Path:
    """The file of a mapping."""
    return Path(name) if name.endswith(".toml") else MAPPINGS / f"{name}.toml"


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping in a file.

    Raises:
        SettingsError: it is not TOML, or names an unknown field or form.
    """
    try:
        mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    if problem := mapping_problem(mapping):
        raise SettingsError(f"{path}: {problem}")
    return mapping


def _queries(settings: TableSettings, until: date) -> list[Query]:
    found: list[Query] = []
    for entry in settings.files:
        name, _, source = entry.partition("=")
        path = mapping_path(name)
        reason = f"table mapped by {path.stem}:"
        for query in file_queries([source], reason, read_mapping(path)):
            found.append(
                replace(
                    query,
                    query_id=f"{path.stem}-{query.query_id}",
                    country_codes=list(settings.countries),
                )
            )
    return found


def _records(page: LandedPage, query: Query) -> Iterator[RawRecord]:
    mapping = query.reading
    for table in tables(page.checked_path(), page.file_name):
        form = mapping.get("format") or SUFFIXES.get(Path(table.base_name).suffix)
        rows = _read(table, str(form), str(mapping.get("encoding", "utf-8-sig")))
        yield from (
            gathered(rows, mapping) if mapping.get("has_row_per_target") else rows
        )


def _read(table: Table, form: str, encoding: str) -> Iterator[RawRecord]:
    if form == "csv":
        yield from csv_records(table, encoding)
    elif form == "jsonl":
        yield from json_line_records(table)
    elif form == "parquet" and table.member is None:
        yield from parquet_records(table)
    else:
        reason = "not read: no CSV, JSON lines or unzipped Parquet"
        yield RawRecord(table.name, {}, reason)


def _rows(record: RawRecord, query: Query) -> Iterator[DatasetRow]:
    yield "ads", ad(record.raw, query.reading)


LIBRARY = Library(
    name=NAME,
    settings=TableSettings,
    queries=_queries,
    records=_records,
    rows=_rows,
    # The id's column is the mapping's; a row that cannot be read has none here.
    raw_id=lambda raw: None,
)
