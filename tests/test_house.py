"""What the whole project promises: rooms kept apart, documents that stay true."""

import ast
import csv
import re
import subprocess
from pathlib import Path

import pytest

from collectors.ads import AD_SCHEMA
from collectors.libraries import LIBRARIES

PACKAGES = ("collectors", "analysis", "reports")


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_never_import_one_another(package: str) -> None:
    others = set(PACKAGES) - {package}
    for path in Path(package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for name in names:
                assert name.split(".")[0] not in others, f"{path} imports {name}"


def test_every_column_of_the_ad_record_is_explained() -> None:
    with Path("seeds/columns.csv").open(encoding="utf-8", newline="") as file:
        explained = {row["column_name"] for row in csv.DictReader(file)}
    assert set(AD_SCHEMA.names) <= explained


def test_every_make_target_is_in_the_help() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    makefile = makefile.replace("\\\n", " ")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    shown = subprocess.run(
        ["make", "help"], capture_output=True, text=True, check=True
    ).stdout
    for target in phony.split():
        assert re.search(rf"^  make {target} +\S", shown, re.MULTILINE), target


@pytest.mark.parametrize(
    ("name", "least"), [("requirements.lock", 20), ("requirements-spark.lock", 2)]
)
def test_lock_files_pin_hashes_and_name_no_host(name: str, least: int) -> None:
    lock = Path(name).read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9].*==", lock, re.MULTILINE)
    assert len(pins) > least
    blocks = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_readme_leads_with_the_two_commands() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    assert readme.index("make collect analyze report") < readme.index("make test")
    assert readme.index("make test") < 1600


def test_every_library_is_in_the_collectors_readme() -> None:
    readme = Path("collectors/README.md").read_text(encoding="utf-8")
    for library in LIBRARIES:
        assert f"`{library}`" in readme


@pytest.mark.parametrize("path", [Path("README.md"), *Path().glob("[a-z]*/README.md")])
def test_documents_name_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / link).exists(), f"{path} links to {link}"
