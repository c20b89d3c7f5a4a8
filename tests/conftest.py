"""For the whole suite: the sample archive, made once, and planted secrets."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.__main__ import main as analyze
from collectors.__main__ import main as collect
from tests.planted import PLANTED, files_with_secrets, secrets_in

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


_told: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def _no_secret_is_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Plant secrets before the first test; search all files and logs after the last."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in PLANTED.items():
            environment.setenv(name, value)
        yield
    found = files_with_secrets(tmp_path_factory.getbasetemp())
    assert not found, f"secrets were written: {', '.join(map(str, found))}"
    assert not _told, f"secrets were said: {', '.join(_told)}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note each test whose output or log holds a planted secret."""
    if any(secrets_in(said.encode()) for _, said in report.sections):
        _told.append(report.nodeid)
