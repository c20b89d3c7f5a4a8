"""For the whole suite: planted secrets, which nothing may write down or say."""

from collections.abc import Iterator

import pytest

from tests.planted import PLANTED, files_with_secrets, secrets_in

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
