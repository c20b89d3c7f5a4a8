"""Turns the data of a report and its charts into PDF and PNG pages with Typst."""

import json
import logging
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from reports.clean import FONTS
from reports.database import Facts
from reports.errors import ReportError

log = logging.getLogger(__name__)

TEMPLATES = ("report.typ", "layout.typ")
# Tagged for readers who listen, and fit to be kept.
STANDARDS = ["ua-1", "a-2a"]
PAGE_DOTS_PER_INCH = 150.0


def typeset(data: dict[str, Any], facts: Facts, folder: Path) -> int:
    """Write `report.pdf` and `pages/` into `folder`; gives the number of pages.

    Texts reach Typst only as JSON, which it never runs. The clock is the end of
    collection, so that equal inputs give equal bytes.

    Raises:
        ReportError: Typst cannot set the pages.
    """
    with TemporaryDirectory() as name:
        work = Path(name)
        for template in TEMPLATES:
            shutil.copy(Path(__file__).parent / template, work)
        shutil.copytree(folder / "charts", work / "charts")
        text = json.dumps(data, ensure_ascii=False)
        (work / "report.json").write_text(text, encoding="utf-8")
        (folder / "report.pdf").write_bytes(compiled(work, facts, "pdf")[0])
        pages = compiled(work, facts, "png")
    (folder / "pages").mkdir()
    for number, page in enumerate(pages, start=1):
        (folder / "pages" / f"page-{number:02}.png").write_bytes(page)
    return len(pages)


def compiled(work: Path, facts: Facts, form: str) -> list[bytes]:
    """The document as PDF, or as one PNG per page."""
    end = facts.last_collected_at
    options: dict[str, Any] = {"format": form, "ppi": PAGE_DOTS_PER_INCH}
    if form == "pdf":
        options = {"format": form, "pdf_standards": STANDARDS}
    try:
        result, warnings = typst.compile_with_warnings(
            str(work / "report.typ"),
            root=str(work),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            timestamp=int(end.timestamp()) if end else 0,
            **options,
        )
    except typst.TypstError as error:
        raise ReportError(f"Typst could not set the report: {error.message}") from error
    for warning in warnings:
        log.warning("Typst: %s", warning.message)
    pages: bytes | list[bytes] = result
    return pages if isinstance(pages, list) else [pages]
