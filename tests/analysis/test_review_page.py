"""The page for coders: what it refuses, and two coders at work in a real browser."""

import csv
import hashlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pypdf
import pytest
from flask.testing import FlaskClient
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from analysis.__main__ import main as analyze
from analysis.review.files import append, read_decisions
from analysis.review.server import review_app
from reports.__main__ import main as report
from tests.analysis.test_review import decision

PORT = 8399
SITE = f"http://127.0.0.1:{PORT}"
CODING = {
    "codes": ["T1", "T3"], "voice": "V1", "direction": "toward_AZ", "severity": "3",
    "polarity": "asserted", "threat_target": "state", "coder_confidence": "2",
}  # fmt: skip


@pytest.fixture
def page(archive: Path) -> FlaskClient:
    """A client of the page, before any coder has signed in."""
    return review_app(archive, PORT).test_client()


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', text)
    assert found, text
    return found[1]


def begin(page: FlaskClient, coder: str, queue: str = "mixed") -> str:
    """Sign in; the session's token."""
    token = hidden(page.get("/", base_url=SITE).text, "token")
    form = {"coder": coder, "queue": queue, "token": token}
    assert page.post("/start", base_url=SITE, data=form).status_code == 302
    return token


def decide(page: FlaskClient, token: str, **coding: object) -> str:
    """Send a decision on the text shown; the page that follows."""
    shown = page.get("/code", base_url=SITE).text
    form = {**CODING, **coding, "token": token, "place": hidden(shown, "place")}
    return page.post("/decide", base_url=SITE, data=form, follow_redirects=True).text


FOREIGN = [
    {"base_url": "http://evil.example:8399"},
    {"base_url": "http://127.0.0.1:9"},
    {"headers": {"Origin": "http://evil.example"}},
    {"headers": {"Origin": "null"}},
    {"headers": {"Sec-Fetch-Site": "cross-site"}},
    {"headers": {"Sec-Fetch-Site": "same-site"}},
    {"data": {"token": "guessed"}},
    {"data": {}},
]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_requests_from_elsewhere_are_refused(
    page: FlaskClient, archive: Path, foreign: dict[str, object]
) -> None:
    token = begin(page, "anna")
    place = hidden(page.get("/code", base_url=SITE).text, "place")
    form = {**CODING, "token": token, "place": place}
    given = {"base_url": SITE, "data": form, **foreign}
    assert page.post("/decide", **given).status_code == 403
    assert read_decisions(archive) == []


def test_the_page_loads_nothing_from_elsewhere(page: FlaskClient) -> None:
    token = begin(page, "anna")
    for path in ("/", "/code"):
        answer = page.get(path, base_url=SITE)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"""(src|href|action)=["'](?!/)""", answer.text)
    assert token in answer.text


def test_the_advertiser_is_hidden_until_the_text_alone_is_coded(
    page: FlaskClient,
) -> None:
    token = begin(page, "anna")
    alone = page.get("/code", base_url=SITE).text
    assert "text only" in alone
    assert "Advertiser" not in alone
    context = decide(page, token)
    assert "in context" in context
    assert "Advertiser" in context
    assert context.count("checked") == 8, "starts from what was said of the text alone"
    after = decide(page, token)
    assert "text only" in after
    assert "1 of" in after


def test_nothing_on_the_page_tells_what_the_program_says(page: FlaskClient) -> None:
    token = begin(page, "anna")
    for _ in range(4):
        shown = page.get("/code", base_url=SITE).text
        assert not re.search(r"flagged by|score|rule_id|>flags<", shown)
        decide(page, token)


def test_undo_adds_a_line_and_brings_the_text_back(
    page: FlaskClient, archive: Path
) -> None:
    token = begin(page, "anna")
    before = hidden(page.get("/code", base_url=SITE).text, "place")
    decide(page, token)
    page.post("/undo", base_url=SITE, data={"token": token})
    assert hidden(page.get("/code", base_url=SITE).text, "place") == before
    lines = (archive / "reviews" / "decisions-anna.csv").read_text().splitlines()
    assert len(lines) == 3
    assert [decision.is_withdrawn for decision in read_decisions(archive)] == [True]


def test_a_page_sent_twice_decides_once(page: FlaskClient, archive: Path) -> None:
    token = begin(page, "anna")
    place = hidden(page.get("/code", base_url=SITE).text, "place")
    form = {**CODING, "token": token, "place": place}
    for _ in range(2):
        page.post("/decide", base_url=SITE, data=form)
    assert len(read_decisions(archive)) == 1


def test_a_hostile_text_is_shown_and_does_nothing(
    page: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "<script>alert(1)</script> a\u202eb\u200c \x1b[31m"
    monkeypatch.setattr(
        "analysis.review.shown.WORDING", f"select '{hostile}', 'az' where ? is not null"
    )
    begin(page, "anna")
    shown = page.get("/code", base_url=SITE).text
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; a[U+202E]b\u200c [U+001B][31m" in shown
    )
    assert "<script>alert" not in shown


def test_a_spoiled_file_is_named_and_nothing_is_saved(
    page: FlaskClient, archive: Path
) -> None:
    begin(page, "anna")
    path = archive / "reviews" / "decisions-eve.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("a,b\n")
    answer = page.get("/code", base_url=SITE)
    assert answer.status_code == 500
    assert "decisions-eve.csv line 1: columns must be" in answer.text


def test_what_an_import_added_meanwhile_is_not_asked_again(
    page: FlaskClient, archive: Path
) -> None:
    token = begin(page, "anna")
    first = hidden(page.get("/code", base_url=SITE).text, "place").split()[0]
    for number, review_pass in enumerate("TC", 1):
        append(
            archive,
            decision(number, text_hash=first, review_pass=review_pass, queue="flags"),
        )
    assert first not in page.get("/code", base_url=SITE).text
    decide(page, token)
    assert [d.decision_id for d in read_decisions(archive)] == [
        "anna-00001", "anna-00002", "anna-00003",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"voice": "V9"}, "voice &#39;V9&#39; is unknown"),
        ({"codes": ["T1", "X"]}, "unknown code"),
        ({"codes": []}, "severity 3 needs a code"),
        ({"review_note": "=cmd"}, "begins like a formula"),
        ({"review_note": "a\u202eb"}, "cannot be seen"),
        ({"severity": ""}, "severity"),
    ],
)
def test_a_wrong_coding_is_refused_and_keeps_what_was_typed(
    page: FlaskClient, archive: Path, wrong: dict[str, object], complaint: str
) -> None:
    token = begin(page, "anna")
    answer = decide(page, token, **wrong)
    assert "Nothing was saved" in answer
    assert complaint in answer
    assert 'value="state"' in answer
    assert read_decisions(archive) == []


def test_a_coder_starts_where_they_stopped(page: FlaskClient, archive: Path) -> None:
    token = begin(page, "anna")
    decide(page, token)
    place = hidden(page.get("/code", base_url=SITE).text, "place")
    again = review_app(archive, PORT).test_client()
    begin(again, "anna")
    assert hidden(again.get("/code", base_url=SITE).text, "place") == place


def test_two_coders_get_the_same_text_and_do_not_see_each_other(
    page: FlaskClient, archive: Path
) -> None:
    first = hidden(page.get("/", base_url=SITE).text, "token")
    assert first
    token = begin(page, "anna")
    place = hidden(page.get("/code", base_url=SITE).text, "place")
    decide(page, token, review_note="seen by anna")
    other = review_app(archive, PORT).test_client()
    begin(other, "boris")
    shown = other.get("/code", base_url=SITE).text
    assert hidden(shown, "place") == place
    assert "anna" not in shown


CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
TEXTS = 60
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
TRUTH = Path("seeds/sample_archive/truth.csv")
CODE_KEYS = {
    "T1": "1", "T2": "2", "T3": "3", "T4": "4", "T5a": "5", "T5b": "6", "T5c": "7",
    "T6": "8", "T7": "9", "T8": "0", "T9": "-",
}  # fmt: skip
SEVERITY_KEYS = dict(zip("01234", "zxcvb", strict=True))


def truth_by_text(archive: Path) -> dict[str, tuple[str, str, str]]:
    """What each text of the sample was invented as: class, code, severity."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        by_ad = {
            f"meta:{row['ad_id']}": (row["class"], row["code"], row["severity"])
            for row in csv.DictReader(file)
        }
    with duckdb.connect(archive / "adwatch.duckdb", read_only=True) as connection:
        rows = connection.execute("select text_hash, ad_id from text.ad_texts")
        return {text_hash: by_ad[ad_id] for text_hash, ad_id in rows.fetchall()}


def keys_for(coder: str, text_hash: str, truth: tuple[str, str, str]) -> str:
    """What an invented coder types: mostly the truth, now and then not."""
    kind, code, severity = truth
    errs = hashlib.sha256(f"{coder}{text_hash}".encode()).digest()[0] < 12
    if (kind == "threat") == errs:
        return "n"
    first = re.split(r"[; ]", code)[0]
    level = SEVERITY_KEYS[severity if severity in ("2", "3", "4") else "2"]
    target = f"{Keys.SHIFT}2{Keys.NULL}"
    return f"{CODE_KEYS.get(first, '1')}qa{level}hp{target}"


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """The real command on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "analysis.review", "serve",
        "--archive", str(archive), "--port", str(port),
    ]  # fmt: skip
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: is_open(port))
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(is_done: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@contextmanager
def browser(folder: Path) -> Iterator[webdriver.Chrome]:
    """Chromium without a window, with an empty profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def next_place(driver: webdriver.Chrome, before: str) -> str:
    """Which text in which pass the page shows, once it is another than before."""
    end = time.monotonic() + 60
    while (place := shown_place(driver)) in ("", before):
        assert time.monotonic() < end, f"still at {place!r}"
    return place


def shown_place(driver: webdriver.Chrome) -> str:
    """Which text in which pass the page shows; empty while it loads."""
    found = driver.execute_script(
        "const box = document.querySelector('input[name=place]');"
        "return document.readyState === 'complete' && box ? box.value : '';"
    )
    return str(found)


def code_texts(
    driver: webdriver.Chrome,
    site: str,
    coder: str,
    truth: dict[str, tuple[str, str, str]],
) -> None:
    """Sign in and code as many texts as asked, with keys alone."""
    driver.get(site)
    driver.find_element(By.NAME, "coder").send_keys(coder, Keys.ENTER)
    place = next_place(driver, "")
    for _ in range(2 * TEXTS):
        text_hash, review_pass, _ = place.split()
        is_alone = review_pass == "T"
        keys = keys_for(coder, text_hash, truth[text_hash]) if is_alone else ""
        driver.switch_to.active_element.send_keys(keys + Keys.ENTER)
        place = next_place(driver, place)


@pytest.mark.skipif(
    not (Path(CHROMIUM).exists() and Path(DRIVER).exists()),
    reason="needs Chromium and its driver",
)
def test_two_coders_at_work_end_in_the_next_report(
    archive: Path, tmp_path: Path
) -> None:
    truth = truth_by_text(archive)
    with serving(archive) as site, browser(tmp_path / "profile") as driver:
        for coder in ("anna", "boris"):
            code_texts(driver, site, coder, truth)
        shown = driver.find_element(By.ID, "progress").text
    assert shown.startswith(f"{TEXTS} of ")
    decisions = read_decisions(archive)
    assert len(decisions) == 2 * 2 * TEXTS
    assert len({decision.text_hash for decision in decisions}) == TEXTS
    assert {decision.decision for decision in decisions} == {"yes", "no"}

    assert analyze(["build", "--archive", str(archive)]) == 0
    assert report(["--archive", str(archive)]) == 0
    with duckdb.connect(archive / "adwatch.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select review_measure, review_value, review_low, review_high, "
            "texts_count, reliability from marts.review_quality "
            "where group_name = 'all' and review_variable = 'flag'"
        ).fetchall()
        reviewed = connection.execute(
            "select count(*) filter (where is_reviewed) from marts.flagged_ads"
        ).fetchall()[0][0]
    found = {row[0]: row[1:] for row in rows}
    alpha, low, high, count, standing = found["alpha"]
    assert low < alpha < high <= 1
    assert (count, standing) == (TEXTS, "not established")
    for measure in ("precision", "recall"):
        value, low, high, *_ = found[measure]
        assert 0 <= low <= value <= high <= 1
    assert reviewed > 0
    (pdf,) = (archive / "reports").glob("*/report.pdf")
    text = " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split()
    )
    assert "What people who reviewed ads of this archive found" in text
    assert f"{alpha:.2f}" in text
    assert f"{found['precision'][0] * 100:.0f} %" in text
    assert f"{found['recall'][0] * 100:.0f} %" in text
    assert "not established" in text
