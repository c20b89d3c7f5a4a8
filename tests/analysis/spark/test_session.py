"""What Spark lacks is told in one line with the remedy."""

from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import AnalysisError
from analysis.spark.session import session


def build_on(master: str, archive: Path) -> int:
    (archive / "ads" / "meta").mkdir(parents=True)
    (archive / "ads" / "meta" / "empty.parquet").touch()
    where = ["--archive", str(archive), "--engine", "spark", "--master", master]
    return main(["build", *where])


def test_a_master_that_does_not_answer(tmp_path: Path) -> None:
    with (
        pytest.raises(AnalysisError, match="no Spark master answers at"),
        session("spark://127.0.0.1:9", tmp_path),
    ):
        pass


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with (
        pytest.raises(AnalysisError, match="install openjdk-17"),
        session("local[2]", tmp_path),
    ):
        pass


def test_no_pyspark(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert build_on("local[2]", tmp_path) == 1
    assert "pyspark is missing; run `make spark-install`" in caplog.text
