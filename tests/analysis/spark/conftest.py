"""What the tests of Spark need, and why they are skipped without it."""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LACKING = [
    need
    for need, is_there in (
        ("pyspark (make spark-install)", importlib.util.find_spec("pyspark")),
        ("sqlglot (make spark-install)", importlib.util.find_spec("sqlglot")),
        ("Java 17", shutil.which("java")),
    )
    if not is_there
]
# Their modules import what is lacking; test_needs.py says so.
collect_ignore = [
    path.name
    for path in Path(__file__).parent.glob("test_*.py")
    if LACKING and path.name != "test_needs.py"
]


@pytest.fixture
def lacking() -> list[str]:
    """What is missing to run Spark."""
    return LACKING


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on this machine."""
    from analysis.spark.session import session

    warehouse: Path = tmp_path_factory.mktemp("warehouse")
    with session("local[2]", warehouse) as spark:
        yield spark
