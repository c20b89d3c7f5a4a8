"""Whether a database was built from what lies here now, or must be built anew."""

import hashlib
import importlib.metadata
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import AnalysisError
from analysis.models import Model
from analysis.scopes import ADS

ROOT = Path(__file__).parent.parent
_CODE = ("analysis/**/*.py", "analysis/**/*.sql", "analysis/languages/*")
# Kept as macros of the database itself, so that no second file can disagree with it.
_NAME = "staging.built_from"
_CODE_NAME = "staging.built_by"
_PROVEN = "staging.proven_files"
Hashes = Mapping[Path, str]


def collected(archive: Path, models: Iterable[Model]) -> Hashes:
    """The SHA-256 of every collected Parquet file that models read."""
    patterns = {pattern for model in models for pattern in model.files}
    paths = [path for pattern in patterns for path in archive.glob(pattern)]
    parquet = sorted(path for path in paths if path.suffix == ".parquet")
    return {path: _hash(path) for path in parquet}


def fingerprint(archive: Path, models: Iterable[Model], known: Hashes) -> str:
    """A hash of all that a build reads: the models' files, the code, the packages.

    The files of `known` need not be read for it.
    """
    digest = hashlib.sha256(code_version().encode())
    read = sorted(set().union(*(model.files for model in models)))
    for folder in (archive, ROOT):
        _take_in(digest, folder, read, known)
    return digest.hexdigest()


def code_version() -> str:
    """A hash of the code and the packages that make a database."""
    digest = hashlib.sha256()
    _take_in(digest, ROOT, _CODE, {})
    for package in importlib.metadata.distributions():
        digest.update(f"{package.name} {package.version}\n".encode())
    return digest.hexdigest()


def _take_in(
    digest: "hashlib._Hash", folder: Path, patterns: Iterable[str], known: Hashes
) -> None:
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                said = known.get(path) or _hash(path)
                digest.update(f"{path.relative_to(folder)} {said}\n".encode())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prove_parquet(files: Hashes, proven: Collection[str]) -> None:
    """Read collected Parquet against its checksums, which DuckDB does not heed.

    The bytes of the files whose SHA-256 is in `proven` were read before.

    Raises:
        AnalysisError: a file is cut off or not what was written.
    """
    for path, digest in files.items():
        if digest in proven:
            continue
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                # Reads every page and makes no rows of it.
                file.scan_contents()
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            reason = str(error).partition("\n")[0]
            raise AnalysisError(
                f"{path}: is damaged ({reason}); run `make rebuild`"
            ) from error


def proven_files(database: Path) -> list[str]:
    """SHA-256 of the Parquet files that `database` was built from, each proven then."""
    rows = _asked(database, f"select unnest({_PROVEN}())")
    return [digest for (digest,) in rows]


def new_ads(archive: Path, database: Path, files: Hashes) -> list[Path] | None:
    """The files of ads that `database` was not built from; None where it must be anew.

    So it is if other code made it, or if a file that it was built from is no more.
    """
    if _asked(database, f"select {_CODE_NAME}()") != [(code_version(),)]:
        return None
    known = set(proven_files(database))
    if not known <= set(files.values()):
        return None
    return [path for path in sorted(archive.glob(ADS)) if files[path] not in known]


def remember(connection: duckdb.DuckDBPyConnection, inputs: str, files: Hashes) -> None:
    """Write into a database what it was built from, and by what."""
    for name, said in (
        (_NAME, f"'{inputs}'"),
        (_CODE_NAME, f"'{code_version()}'"),
        (_PROVEN, f"{sorted(set(files.values()))}::varchar[]"),
    ):
        connection.execute(f"create or replace macro {name}() as {said}")


def was_built_from(database: Path, inputs: str) -> bool:
    """Whether `database` exists, can be read, and remembers these inputs."""
    return _asked(database, f"select {_NAME}()") == [(inputs,)]


def _asked(database: Path, query: str) -> list[tuple[str, ...]]:
    """What a published database answers; nothing where it cannot."""
    if not database.exists():
        return []
    try:
        with duckdb.connect(database, read_only=True) as connection:
            return connection.execute(query).fetchall()
    except duckdb.Error:
        return []
