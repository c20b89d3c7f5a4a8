"""The last database brought up to ads that came since: what still holds is kept.

What is told of one ad or one text (analysis.scopes) is made for the new ones alone, by
the very same models over a part of the archive, and takes the place of what these ads
had before. All else is made anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis import cache
from analysis.database import search_in, second_database, set_up
from analysis.models import Model
from analysis.scopes import ADS, TEXTS, Scope, scopes
from analysis.tables import check_key, kind_of, make

# Beside the draft, and removed with it: rows of the ads that are new or changed.
PART = "adwatch.next.part"
_PART = "part"


class CannotRenewError(Exception):
    """What is new changes what holds for all texts; everything must be made anew."""


@dataclass(frozen=True)
class _Renewal:
    """A copy of the last database, named `home`, and the folder of a part of all ads.

    What `stale` names hangs on tables that changed and is made anew as a whole.
    """

    connection: duckdb.DuckDBPyConnection
    archive: Path
    home: str
    folder: Path
    scopes: dict[str, Scope]
    stale: set[str]

    def is_kept(self, model: Model) -> bool:
        """Whether what it says of ads and texts seen before still holds."""
        is_by_part = self.scopes[model.name] in (Scope.AD, Scope.TEXT)
        return is_by_part and model.name not in self.stale

    def make_whole(self, model: Model) -> None:
        """Make a table of the home database anew."""
        self.connection.execute(f'use "{self.home}"')
        search_in(self.connection, self.archive)
        make(self.connection, model, self.archive / cache.FOLDER)
        search_in(self.connection, self.folder)
        self.connection.execute(f"use {_PART}")


def renew(
    connection: duckdb.DuckDBPyConnection,
    archive: Path,
    models: list[Model],
    new_files: Collection[Path],
) -> None:
    """Bring every table of a copy of the last database up to date.

    `new_files` are the Parquet files of ads that it was not built from.

    Raises:
        CannotRenewError: every text must be seen again.
        duckdb.Error, ModelError: a table cannot be read or made.
    """
    set_up(connection, archive)
    found = scopes(models)
    stale = _remake_without_ads(connection, archive, models, found)
    folder = archive / PART
    changed = _write_part(archive, folder, new_files)
    home = connection.execute("select current_database()").fetchall()[0][0]
    renewal = _Renewal(connection, archive, home, folder, found, stale)
    _drop_outdated(renewal, models)
    with second_database(connection, _PART):
        search_in(connection, folder)
        _lay_part(renewal, models, changed)
        for model in models:
            _renew_table(renewal, model)
    search_in(connection, archive)


def _remake_without_ads(
    connection: duckdb.DuckDBPyConnection,
    archive: Path,
    models: list[Model],
    found: dict[str, Scope],
) -> set[str]:
    """Make what hangs on no ad; the names of what says something else now.

    And of all models that read it.
    """
    changed: set[str] = set()
    for model in models:
        if found[model.name] != Scope.NO_AD:
            if model.reads & changed:
                changed.add(model.name)
            continue
        connection.execute(f"create or replace temp table before as from {model.name}")
        connection.execute(f"drop {kind_of(model)} {model.name}")
        make(connection, model, archive / cache.FOLDER)
        differing = connection.execute(
            f"(from before except all from {model.name}) union all "
            f"(from {model.name} except all from before) limit 1"
        )
        if differing.fetchone():
            changed.add(model.name)
    connection.execute("drop table before")
    return changed


def _write_part(
    archive: Path, folder: Path, new_files: Collection[Path]
) -> pa.ChunkedArray:
    """Every row of the ads in the new files, from these and older ones; their ids."""
    ids = pa.chunked_array([], pa.string())
    for path in new_files:
        column = pq.read_table(path, columns=["ad_id"])["ad_id"]
        ids = pc.unique(pa.chunked_array([*ids.chunks, *column.chunks]))
        ids = pa.chunked_array([ids])
    for path in sorted(archive.glob(ADS)):
        target = folder / path.relative_to(archive)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in new_files:
            target.symlink_to(path.resolve())
        else:
            _copy_rows(path, target, ids)
    return ids


def _copy_rows(path: Path, target: Path, ids: pa.ChunkedArray) -> None:
    """The rows of these ads, or none; groups of rows without one are not read."""
    with (
        pq.ParquetFile(path) as file,
        pq.ParquetWriter(target, file.schema_arrow) as part,
    ):
        for group in range(file.num_row_groups):
            column = file.read_row_group(group, columns=["ad_id"])["ad_id"]
            is_asked = pc.is_in(column, ids)
            if pc.any(is_asked).as_py():
                part.write_table(file.read_row_group(group).filter(is_asked))


def _drop_outdated(renewal: _Renewal, models: list[Model]) -> None:
    """Make room: what is made anew takes the place of what it was."""
    for model in models:
        if renewal.scopes[model.name] != Scope.NO_AD and not renewal.is_kept(model):
            renewal.connection.execute(f"drop {kind_of(model)} {model.name}")
    renewal.connection.execute("checkpoint")


def _lay_part(renewal: _Renewal, models: list[Model], changed: pa.ChunkedArray) -> None:
    """What the part's models find besides its ads: tables that hang on none."""
    ids = pa.table({"ad_id": changed})
    renewal.connection.register("changed_rows", ids)
    renewal.connection.execute("create table changed_ads as from changed_rows")
    renewal.connection.unregister("changed_rows")
    for model in models:
        if renewal.scopes[model.name] == Scope.NO_AD:
            renewal.connection.execute(
                f'create view {model.name} as from "{renewal.home}".{model.name}'
            )


def _renew_table(renewal: _Renewal, model: Model) -> None:
    scope = renewal.scopes[model.name]
    are_own_words = scope == Scope.WORDS and model.name not in renewal.stale
    if renewal.is_kept(model) or are_own_words:
        make(renewal.connection, model, renewal.archive / cache.FOLDER)
        if model.name == TEXTS:
            _leave_new_texts(renewal)
    if renewal.is_kept(model):
        _merge(renewal, model)
    elif scope != Scope.NO_AD:
        renewal.make_whole(model)


def _leave_new_texts(renewal: _Renewal) -> None:
    """Of the part's texts only those that no ad had before."""
    connection = renewal.connection
    known = f'"{renewal.home}".{TEXTS}'
    connection.execute(
        f"delete from {TEXTS} where text_hash in (select text_hash from {known})"
    )
    counted = connection.execute(
        f"select (select count(*) from {known}), (select count(*) from {TEXTS})"
    )
    before, new = counted.fetchall()[0]
    ruled = connection.execute(
        "select text.all_get_vectors(?) = text.all_get_vectors(?)",
        [before, before + new],
    )
    if ruled.fetchall() != [(True,)]:
        raise CannotRenewError("there are now too many texts for all to get vectors")
    connection.execute(f"create or replace macro text.texts_elsewhere() as {before}")


def _merge(renewal: _Renewal, model: Model) -> None:
    """Put the part's rows in the place of what these ads and texts had before."""
    if model.is_view:
        return
    connection, table = renewal.connection, f'"{renewal.home}".{model.name}'
    if renewal.scopes[model.name] == Scope.AD:
        connection.execute(
            f"delete from {table} where ad_id in (select ad_id from changed_ads)"
        )
    connection.execute(f"insert into {table} by name from {model.name}")
    connection.execute(f'use "{renewal.home}"')
    check_key(connection, model)
    connection.execute(f"use {_PART}")
