"""Secrets planted for the whole suite, and the search for them in what it wrote."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.collectors.fake_meta import TOKEN
from tests.collectors.fake_others import LINKEDIN_TOKEN
from tests.collectors.fake_tiktok import SECRET

VARIABLES = (
    "META_ACCESS_TOKEN",
    "TIKTOK_CLIENT_KEY",
    "TIKTOK_CLIENT_SECRET",
    "LINKEDIN_ACCESS_TOKEN",
    "MS_DEV_TOKEN",
    "MS_AUTH_TOKEN",
)
PLANTED = {name: f"planted-{name.lower()}-0123456789" for name in VARIABLES}
# Those in the environment, and those with which the fake libraries are asked.
SECRETS = tuple(
    value.encode() for value in (*PLANTED.values(), TOKEN, LINKEDIN_TOKEN, SECRET)
)


def secrets_in(content: bytes) -> bool:
    """Whether any planted secret stands in `content`."""
    return any(secret in content for secret in SECRETS)


def files_with_secrets(folder: Path) -> list[Path]:
    """The files below `folder` that hold a planted secret, compressed or not."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and any(map(secrets_in, _contents(path)))
    )


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what a reader of its format makes of them."""
    content = path.read_bytes()
    yield content
    # Tests damage files on purpose; what no reader can open is searched as it is.
    if path.suffix == ".gz":
        try:
            yield gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return
    elif path.suffix == ".parquet":
        try:
            table = pq.read_table(pa.BufferReader(content))
            yield repr(table.to_pylist()).encode()
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            return
