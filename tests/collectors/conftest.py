"""What the collector tests share: an archive, a live configuration, and its command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from collectors.__main__ import main
from tests.collectors.fake_meta import TOKEN, FakeMeta

Collect = Callable[..., int]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "data" / "live"


@pytest.fixture
def collect(tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> Collect:
    """Run the command line against a fake library, without waiting between tries."""
    monkeypatch.setenv("META_ACCESS_TOKEN", TOKEN)
    monkeypatch.setattr("collectors.http.time.sleep", lambda _: None)

    def run(library: FakeMeta, *arguments: str, page_size: int = 10) -> int:
        config = write_config(tmp_path, library, page_size)
        return main(["--archive", str(archive), "--config", str(config), *arguments])

    return run


def write_config(folder: Path, library: FakeMeta, page_size: int = 10) -> Path:
    """An adwatch.toml that leads to the fake library."""
    path = folder / "adwatch.toml"
    path.write_text(
        f'[meta]\ncountries = ["AZ"]\npage_size = {page_size}\n'
        f'until = 2026-11-15\nrequests_per_minute = 0\nbase_url = "{library.address}"\n',
        encoding="utf-8",
    )
    return path


def collected_ads(archive: Path) -> list[dict[str, Any]]:
    """All ad records of an archive, in file order."""
    rows: list[dict[str, Any]] = []
    for path in sorted(archive.glob("ads/*/*.parquet")):
        rows += pq.ParquetFile(path).read().to_pylist()
    return rows
