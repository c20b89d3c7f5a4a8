"""What a newsroom may set, and what it does to the report."""

from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.settings import Settings, read_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "adwatch.toml") == Settings()


def test_the_example_configuration_shows_the_defaults(tmp_path: Path) -> None:
    example = Path("adwatch.example.toml").read_text(encoding="utf-8")
    section = example[example.index("# [reports] ") :]
    lines = [line.removeprefix("# ") for line in section.splitlines() if line]
    path = tmp_path / "adwatch.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_settings(path) == Settings()


def test_other_tables_are_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "adwatch.toml"
    path.write_text('[meta]\ncountries = ["AZ"]\n[reports]\nname_from_ads = 9\n')
    assert read_settings(path) == Settings(name_from_ads=9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[reports]\nreviewed = true", "is no setting"),
        ("[reports]\nreviewed_only = 1", "must be a bool"),
        ("[reports]\nname_from_ads = true", "must be a int"),
        ("[reports]\nnever_name = [1]", "must be a list of texts"),
        ("[reports", "adwatch.toml"),
    ],
)
def test_a_wrong_setting_says_so(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "adwatch.toml"
    path.write_text(text)
    with pytest.raises(ReportError, match=expected):
        read_settings(path)
