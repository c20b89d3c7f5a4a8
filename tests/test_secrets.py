"""The search for planted secrets finds them wherever they are written."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.planted import SECRETS, files_with_secrets, secrets_in


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_plain_compressed_and_in_parquet(
    secret: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "written"
    folder.mkdir()
    said = b'{"url": "https://invented.invalid/?access_token=' + secret + b'"}'
    (folder / "run.json").write_bytes(said)
    (folder / "page.json.gz").write_bytes(gzip.compress(said))
    table = pa.table({"library_url": [said.decode()] * 100})
    pq.write_table(table, folder / "ads.parquet", compression="zstd")
    (folder / "clean.json").write_bytes(said.replace(secret, b"REMOVED"))
    found = files_with_secrets(folder)
    # What is planted here must be gone before the whole suite's files are searched.
    for path in folder.iterdir():
        path.unlink()
    assert [path.name for path in found] == ["ads.parquet", "page.json.gz", "run.json"]


def test_output_is_searched_as_well() -> None:
    assert secrets_in(b"Authorization: Bearer " + SECRETS[0])
    assert not secrets_in(b"Authorization: Bearer REMOVED")
