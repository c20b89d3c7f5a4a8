"""What the collector tests share: an archive, a live configuration, and its command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from collectors.__main__ import main
from tests.collectors.fake_meta import TOKEN, FakeMeta

Collect = Callable[..., int]


@pytest.fixture(autouse=True)
def _all_messages(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")


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
        "until = 2026-11-15\nrequests_per_minute = 0\n"
        f'base_url = "{library.address}"\n',
        encoding="utf-8",
    )
    return path


def collected_ads(archive: Path) -> list[dict[str, Any]]:
    """All ad records of an archive, in file order."""
    rows: list[dict[str, Any]] = []
    for path in sorted(archive.glob("ads/*/*.parquet")):
        rows += pq.ParquetFile(path).read().to_pylist()
    return rows


def run_told(archive: Path, library: str) -> dict[str, Any]:
    """What run.json says of the newest run of a library."""
    path = sorted(archive.glob(f"raw/{library}/*/run.json"))[-1]
    content: dict[str, Any] = json.loads(path.read_bytes())
    return content


def _shared(name: str) -> Path:
    """A folder of recorded material that lies beside the project; it may be absent."""
    path = Path(__file__).parents[3] / "shared" / name
    if not path.is_dir():
        pytest.skip(f"no {path}")
    return path


@pytest.fixture
def samples() -> Path:
    """Recorded payloads of the libraries."""
    return _shared("samples")


@pytest.fixture
def real() -> Path:
    """Real files of the libraries."""
    return _shared("real")
