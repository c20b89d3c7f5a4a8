"""One database in, one folder of files out."""

import logging
import re
from pathlib import Path

import duckdb
import pikepdf
import pypdf
import pytest

from reports.__main__ import main
from tests.reports.marts_builder import build_archive

PERIOD = "2025-07-09_2025-10-24"
MARK = "SAMPLE DATA, INVENTED"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def text_of(pdf: Path) -> list[str]:
    """The text of each page, white space as one blank, breaks of long words gone."""
    pages = pypdf.PdfReader(pdf).pages
    return [
        " ".join(page.extract_text().replace("\u200b", "").split()) for page in pages
    ]


@pytest.fixture(scope="module")
def pages(report: Path) -> list[str]:
    """The text of each page of the PDF."""
    return text_of(report / "report.pdf")


@pytest.fixture(scope="module")
def text(pages: list[str]) -> str:
    """The text of the whole PDF."""
    return " ".join(pages)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of a report on live data that no model has scored."""
    archive = build_archive(
        tmp_path_factory.mktemp("live"), ads_count=3, is_invented=False
    )
    with duckdb.connect(archive / "adwatch.duckdb") as connection:
        connection.execute("update marts.examined_ads set has_score = false")
        connection.execute(
            "update marts.flagged_ads set flagged_by = 'rules', threat_score = null, "
            "example_label_ids = [], rule_ids = ['T1-force']"
        )
    assert main(["--archive", str(archive)]) == 0
    return text_of(next(archive.glob("reports/*/report.pdf")))


def test_all_files_are_there(report: Path) -> None:
    names = set(files_of(report))
    charts = {path.stem for path in Path("reports/charts").glob("*.sql")}
    drawn = {f"charts/{chart}.{kind}" for chart in charts for kind in ("png", "svg")}
    assert drawn < names
    assert {"report.html", "evidence.csv", "evidence.parquet", "manifest.json"} < names
    pages = len(pypdf.PdfReader(report / "report.pdf").pages)
    assert {f"pages/page-{page:02}.png" for page in range(1, pages + 1)} < names
    reports = {path.name for path in report.parent.iterdir()}
    assert all(re.fullmatch(r"[\d-]+_([\d-]+|end)", name) for name in reports), (
        "nothing half made is left behind"
    )


def test_pdf_is_tagged_has_a_language_and_embeds_its_fonts(report: Path) -> None:
    with pikepdf.open(report / "report.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata.pdfa_status == "2A"
        fonts = [item for item in pdf.objects if is_descriptor(item)]
        assert fonts
        assert all(
            any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            for font in fonts
        )


def test_the_pdf_in_azerbaijani_says_its_language(tmp_path: Path) -> None:
    archive = build_archive(tmp_path, ads_count=2)
    assert main(["--archive", str(archive), "--language", "az"]) == 0
    (pdf,) = archive.glob("reports/*-az/report.pdf")
    with pikepdf.open(pdf) as opened:
        assert str(opened.Root.Lang).startswith("az")
    # The page holds the same blocks and is read much faster.
    text = pdf.with_name("report.html").read_text(encoding="utf-8")
    assert "Əsas nəticələr" in text
    assert "Key findings" not in text
    assert "On iki söz içində güc və ya müharibə" in text
    assert "Azərbaycanda göstərilmə: 93%" in text


def is_descriptor(item: object) -> bool:
    """Whether a PDF object describes a font."""
    return (
        isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    )


def test_every_page_is_marked_as_invented(pages: list[str]) -> None:
    assert all(MARK in page for page in pages)


def test_hostile_texts_are_printed_and_do_nothing(text: str) -> None:
    assert "invoice[U+202E]gpj.exe" in text
    assert "<script>alert(1)</script>" in text
    assert "root:" not in text
    assert "=HYPERLINK(" in text
    assert "A" * 60 in text, "a long word is broken, not lost"
    for words in ("Ադրբեջան", "აზერბაიჯანი", "ҝөтүрәҹәјик"):
        assert words in text


def test_nothing_stronger_than_the_codebook_is_said(text: str) -> None:
    assert "was shown mainly in Azerbaijan, according to the platform" in text
    assert "no upper bound given" in text
    assert "not reviewed by a person" in text
    assert "Reports of threats and counter-speech" in text
    assert "reported. …" in text
    assert "Russian ad" not in text


def test_it_is_said_what_flags_a_text(text: str) -> None:
    assert "rule T1-force and score 0.451 (threshold 0.037)" in text
    assert "score 0.451 (threshold 0.037) alone; no rule met" in text
    assert "rule T1-force; the score −0.100 (threshold 0.037) alone would not" in text
    assert "Model: model-1" in text
    assert "Labels: version 84210148f445, 3,831 labelled texts" in text


def test_each_kind_is_shown_apart(text: str) -> None:
    assert text.count("pisləyib. by_az.") == 3
    assert "challenge." not in text, "peaceful challenges are counted, never quoted"
    assert "5 ads were read by the program as a peaceful case" in text
    assert text.count("pisləyib. review.") == 8
    assert "4 more ads: see the table marts.other_verdicts" in text


def test_quality_is_given_with_its_intervals(text: str) -> None:
    assert "89 % (80–98) of 506" in text
    assert "5.6 % (5.0–6.1) of 269" in text
    assert "Armenian 17 too few" in text
    assert "they measure no agreement within a panel of people" in text
    assert "real ads is not known" in text


def test_without_a_model_the_rules_are_said_to_decide_alone(live: list[str]) -> None:
    text = " ".join(live)
    assert "rule T1-force; no score was computed" in text
    assert "No text here has a score, so the rules decided alone." in text
    assert "rules without a score were right in 89 %" in text


def test_live_data_carries_no_sample_mark(live: list[str]) -> None:
    assert not any(MARK in page for page in live)


def test_a_reviewers_translation_stands_below_the_words(text: str) -> None:
    assert "Translation by a reviewer: We *will* <b>come" in text
    assert "not reviewed by a person" in text


def test_equal_databases_give_equal_bytes(report: Path, tmp_path: Path) -> None:
    archive = build_archive(tmp_path)
    assert main(["--archive", str(archive)]) == 0
    assert files_of(archive / "reports" / PERIOD) == files_of(report)


def test_an_empty_archive_gives_sentences(tmp_path: Path) -> None:
    archive = build_archive(tmp_path, ads_count=0)
    assert main(["--archive", str(archive)]) == 0
    folder = archive / "reports" / "no-ads"
    text = " ".join(text_of(folder / "report.pdf"))
    assert "The database holds no ad" in text
    assert "there is no weekly count to draw" in text
    assert "not an absence of ads" in text
    assert "No measurement is recorded" in text
    assert not list((folder / "charts").iterdir())


def test_no_database(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert main(["--archive", str(tmp_path)]) == 1
    assert "run `make analyze` first" in caplog.text


def test_a_file_that_is_no_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "adwatch.duckdb").write_bytes(b"not a database" * 1000)
    assert main(["--archive", str(tmp_path)]) == 1
    assert_one_line(caplog, "run `make analyze` again")


def test_a_database_of_another_version(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = build_archive(tmp_path, ads_count=2)
    with duckdb.connect(archive / "adwatch.duckdb") as connection:
        connection.execute("alter table marts.flagged_ads drop column quote_words")
    assert main(["--archive", str(archive)]) == 1
    assert_one_line(caplog, "built by another version of adwatch")
    assert not list((archive / "reports").iterdir())


def assert_one_line(caplog: pytest.LogCaptureFixture, expected: str) -> None:
    """The run ends in one line of error that holds `expected`."""
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert len(errors) == 1
    assert expected in errors[0]
    assert "\n" not in errors[0]


def test_a_failed_run_leaves_the_old_report(tmp_path: Path) -> None:
    archive = build_archive(tmp_path, ads_count=0)
    assert main(["--archive", str(archive)]) == 0
    before = files_of(archive / "reports")
    with duckdb.connect(archive / "adwatch.duckdb") as connection:
        connection.execute("drop table marts.rules")
    assert main(["--archive", str(archive)]) == 1
    assert files_of(archive / "reports") == before


def test_a_wrong_command_is_exit_code_2() -> None:
    with pytest.raises(SystemExit) as wrong:
        main([])
    assert wrong.value.code == 2
