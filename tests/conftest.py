"""The sample archive, collected and analysed once for all tests that only read it."""

import shutil
from pathlib import Path

import pytest

from analysis.__main__ import main as analyze
from collectors.__main__ import main as collect

# Vectors of the sample's texts from an earlier run here save minutes; they are keyed
# by text and model, so a stale file only costs time.
KEPT = Path("data/sample/cache/text_vectors.parquet")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive; read it, never write to it."""
    folder = tmp_path_factory.mktemp("sample") / "sample"
    assert collect(["--archive", str(folder), "--sample"]) == 0
    if KEPT.exists():
        (folder / "cache").mkdir()
        shutil.copy(KEPT, folder / "cache")
    assert analyze(["build", "--archive", str(folder)]) == 0
    return folder


@pytest.fixture
def archive(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive that a test may write to."""
    folder = tmp_path / "sample"
    shutil.copytree(sample, folder)
    return folder
