"""How often each fault is tried, what came of it, and the archive it is done to."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.collectors.conftest import write_config
from tests.collectors.fake_meta import FakeMeta, serving
from tests.faults.stage import Programs, launched, telling_ads

# The share of the long run's tries that `make soak` asks for; none in `make test`.
SHARE = float(os.environ.get("ADWATCH_SOAK", "0"))
RESULTS = Path(__file__).parent / "RESULTS.md"
KEPT_VECTORS = Path("data/sample/cache/text_vectors.parquet")
ADS = 30

HEAD = """# Faults

Written by `make soak`. A lost record is one that an undisturbed run has, and the
disturbed one has not once it was run again.

| fault | tries | lost records | outcome |
|---|---|---|---|
"""

Tries = Callable[[int, int], int]


@dataclass
class Ledger:
    """What came of each fault; the long run writes it down."""

    rows: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, fault: str, tries: int, lost: int, outcome: str) -> None:
        """Note one fault; a lost record fails the test."""
        self.rows.append((fault, tries, lost, outcome))
        assert lost == 0, f"{fault}: lost {lost} records"

    def written(self, before: str) -> str:
        """The table as Markdown; faults not tried this time stay as they were."""
        lines = {
            line.split(" | ")[0]: line
            for line in before.splitlines()
            if re.match(r"\| .+ \| [0-9,]+ \|", line)
        }
        for fault, tries, lost, outcome in self.rows:
            lines[f"| {fault}"] = f"| {fault} | {tries:,} | {lost} | {outcome} |"
        return HEAD + "".join(f"{line}\n" for _, line in sorted(lines.items()))


@pytest.fixture(scope="session")
def tries() -> Tries:
    """A number of tries: few in `make test`, many in `make soak`."""
    return lambda few, many: max(few, round(many * SHARE))


@pytest.fixture(scope="session")
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Takes down what came of each fault."""
    kept = Ledger()
    yield kept
    if SHARE and not request.session.testsfailed:
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(kept.written(before), encoding="utf-8")


@pytest.fixture(scope="session")
def programs() -> Iterator[Programs]:
    """Adwatch's programs, each run a process of its own."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, programs: Programs) -> Path:
    """An archive collected, analysed and reported in peace; read it only."""
    folder = tmp_path_factory.mktemp("undisturbed")
    archive = folder / "live"
    with serving(FakeMeta(telling_ads(ADS))) as library:
        config = write_config(folder, library)
        ended = programs.run("collectors", "--archive", archive, "--config", config)
    assert ended.code == 0, ended.said
    if KEPT_VECTORS.exists():
        (archive / "cache").mkdir()
        shutil.copy(KEPT_VECTORS, archive / "cache")
    for program, *arguments in (["analysis", "build"], ["reports"]):
        ended = programs.run(program, *arguments, "--archive", archive)
        assert ended.code == 0, ended.said
    return archive


@pytest.fixture
def archive(undisturbed: Path, tmp_path: Path) -> Path:
    """A copy of the undisturbed archive, to do harm to."""
    return Path(shutil.copytree(undisturbed, tmp_path / "live"))
