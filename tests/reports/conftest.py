"""One archive full of hostile texts and one report of it, for all tests."""

import warnings
from pathlib import Path

import pytest

from reports.__main__ import main
from tests.reports.marts_builder import build_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty flagged ads that started from July to October 2025; nobody changes it."""
    return build_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def report(archive: Path) -> Path:
    """The report of the whole archive."""
    with warnings.catch_warnings():
        # Typst refuses to export a missing glyph as PDF/A; matplotlib only warns.
        warnings.filterwarnings("error", message="Glyph")
        assert main(["--archive", str(archive)]) == 0
    return archive / "reports" / "2025-07-09_2025-10-24"
