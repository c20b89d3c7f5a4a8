"""The page: one file, asks nobody, sorts and filters, and runs no stranger's markup."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1100,1400",
)  # fmt: skip


@pytest.fixture
def page(report: Path) -> Path:
    """The page of an archive full of hostile texts."""
    return report / "report.html"


def test_nothing_is_asked_of_anybody(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b", text)
    assert not re.search(r"@import|url\((?!#)", text)
    assert not re.search(r"\bsrc=", text.replace("&lt;img src=", ""))


def test_markup_of_ads_is_escaped(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert len(re.findall("<script", text)) == 1
    assert "{{7*7}}" in text
    assert "Translation by a reviewer: We *will* &lt;b&gt;come" in text
    assert "\u202e" not in text


def test_ids_are_unique(page: Path) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page.read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids))


@pytest.fixture
def driver(page: Path, tmp_path: Path) -> Iterator[object]:
    """The page open in a browser without a window."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip("no Chromium here")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(str(DRIVER))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        browser.get(page.as_uri())
        yield browser
    finally:
        browser.quit()


def test_it_works_in_a_browser_from_a_file(driver: object, tmp_path: Path) -> None:
    run = driver.execute_script  # type: ignore[attr-defined]
    lines = "[...document.querySelectorAll('#ads-table tbody tr')]"
    shown = f"return {lines}.filter(line => !line.hidden)"
    assert run(f"{shown}.length") == 40
    # A word narrows the table, and the count says so.
    type_ = "document.getElementById('filters').dispatchEvent(new Event('input'))"
    run("document.querySelector('[name=words]').value = 'Баку'; " + type_)
    narrowed = run(f"{shown}.length")
    assert 0 < narrowed < 40
    assert f"{narrowed} of 40" in run("return document.getElementById('shown').value")
    run("document.querySelector('[name=words]').value = ''; "
        "document.querySelector('[name=level]').value = '4'; " + type_)  # fmt: skip
    levels = run(f"{shown}.map(r => r.dataset.level)")
    assert set(levels) == {"4"}
    run("document.querySelector('[name=level]').value = ''; " + type_)
    # Spend sorts by its lower bound both ways; unknown stays last.
    button = "document.querySelectorAll('.sort')[9]"
    values = f"{shown}.map(r => r.cells[9].dataset.sort ?? '')"
    for is_rising in (True, False):
        run(f"{button}.focus(); {button}.click()")
        found = run(values)
        known = [float(value) for value in found if value]
        assert known == sorted(known, reverse=not is_rising)
        assert all(value == "" for value in found[len(known) :])
    assert run(f"return {button}.parentElement.ariaSort") == "descending"
    assert run("return document.activeElement.className") == "sort"
    # Nothing was loaded, no markup ran, nothing was complained of.
    assert run("return performance.getEntriesByType('resource').length") == 0
    assert driver.get_log("browser") == []  # type: ignore[attr-defined]
    assert run("return document.documentElement.scrollWidth <= innerWidth")
    picture = tmp_path / "page.png"
    assert driver.save_screenshot(str(picture))  # type: ignore[attr-defined]
    assert picture.stat().st_size > 20_000


def test_it_is_dark_where_the_reader_wants_it(driver: object) -> None:
    colour = "return getComputedStyle(document.body).backgroundColor"
    run = driver.execute_script  # type: ignore[attr-defined]
    light = run(colour)
    driver.execute_cdp_cmd(  # type: ignore[attr-defined]
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    )
    assert light == "rgb(255, 255, 255)"
    assert run(colour) == "rgb(22, 25, 29)"
