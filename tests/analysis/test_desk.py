"""The SQL shell, the macros in the database, and the exports of queries."""

import csv
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from analysis.desk.__main__ import main
from analysis.desk.install import MACROS
from analysis.texts import database_of_texts
from tests.analysis.model_case import CACHE

SPELLINGS = {
    "latin": "Azərbaycanın müstəqilliyi tanınmayacaq, dedilər.",
    "plain case": "Müstəqillik günü münasibətilə konsert olacaq.",
    "ascii": "Azerbaycanin musteqilliyine son qoyulacaq dediler.",
    "capitals": "MÜSTƏQİLLİK BAYRAMINIZ MÜBARƏK OLSUN HAMIYA",
    "cyrillic": "Азәрбајҹанын мүстәгиллији һаггында китаб чыхды.",
    "look-alikes": "Bizim mustәqilliк uzerinde danishiqlar gedir indi.",
    "other": "Bakıda bu gün hava yağışlı olacaq, külək əsəcək.",
}


@pytest.fixture(scope="module")
def desk(sample: Path) -> duckdb.DuckDBPyConnection:
    """The published sample, read-only."""
    return duckdb.connect(sample / "adwatch.duckdb", read_only=True)


def ask(desk: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return desk.execute(sql).fetchall()


def test_search_finds_every_case_spelling_and_alphabet() -> None:
    models = ["flags.reviewed_flags", "text.ad_texts", "text.vocabulary"]
    with database_of_texts(SPELLINGS, models, CACHE) as texts:
        texts.execute((MACROS / "32_search_text.sql").read_text(encoding="utf-8"))
        found = texts.execute("select ad_ids from search_text('müstəqillik')")
        assert {ids[0] for (ids,) in found.fetchall()} == set(SPELLINGS) - {"other"}
        both = texts.execute("select ad_ids from search_text('konsert müstəqillik')")
        assert both.fetchall() == [(["plain case"],)]
        assert texts.execute("from search_text('')").fetchall() == []


BANDS = [
    ("100, 499, 'USD'", "at least 100 and no more than 499 USD"),
    ("1000, null, 'AZN'", "at least 1,000 AZN, no upper end given"),
    ("null, 499, 'AZN'", "no more than 499 AZN, no lower end given"),
    ("null, null, 'AZN'", "not disclosed"),
    ("12.50, 12.50, 'EUR'", "exactly 12.50 EUR"),
    ("0, 99, null", "at least 0 and no more than 99 of an unknown unit"),
]


@pytest.mark.parametrize(("values", "words"), BANDS)
def test_a_band_says_its_open_ends(
    desk: duckdb.DuckDBPyConnection, values: str, words: str
) -> None:
    assert ask(desk, f"select band({values})") == [(words,)]


def test_flagged_between_includes_both_days(desk: duckdb.DuckDBPyConnection) -> None:
    ((day,),) = ask(desk, "select max(started_date) from marts.flagged_ads")
    both = ask(desk, f"select ad_id from flagged_between('{day}', '{day}')")
    assert both == ask(
        desk,
        f"select ad_id from marts.flagged_ads where started_date = '{day}' order by 1",
    )
    assert both


def test_ads_of_finds_an_advertiser_by_id_and_by_any_spelling(
    desk: duckdb.DuckDBPyConnection,
) -> None:
    sql = (
        "select advertiser_id, advertiser_name, count(*) from staging.ads group by all"
    )
    advertiser_id, name, count = ask(desk, f"{sql} order by 3 desc, 1 limit 1")[0]
    for asked in (advertiser_id, name, str(name).upper()):
        rows = ask(desk, f"select * from ads_of('{asked}')")
        assert len(rows) == count, asked
    assert ask(desk, "from ads_of('nobody of that name')") == []


def test_similar_ads_are_other_texts_the_likest_first(
    desk: duckdb.DuckDBPyConnection,
) -> None:
    ((ad_id,),) = ask(desk, "select min(ad_id) from marts.flagged_ads")
    rows = ask(desk, f"select likeness, ad_ids from similar_ads('{ad_id}', 7)")
    assert len(rows) == 7
    likeness = [row[0] for row in rows]
    assert likeness == sorted(likeness, reverse=True)  # type: ignore[type-var]
    assert all(ad_id not in ids for _, ids in rows)  # type: ignore[operator]


def test_cluster_of_gives_the_ads_with_the_same_wording(
    desk: duckdb.DuckDBPyConnection,
) -> None:
    ((ad_id,),) = ask(desk, "select min(ad_id) from marts.cluster_members")
    ads = {row[0] for row in ask(desk, f"select ad_id from cluster_of('{ad_id}')")}
    assert ad_id in ads
    assert len(ads) > 1
    assert ask(desk, "from cluster_of('meta:nothing')") == []


def test_why_names_every_step_of_a_decision(desk: duckdb.DuckDBPyConnection) -> None:
    ((ad_id,),) = ask(
        desk,
        "select min(ad_id) from marts.flagged_ads where flagged_by = 'rules and score'",
    )
    rows = ask(desk, f"select reason, named, said from why('{ad_id}')")
    reasons = {str(reason).split(" on ")[0] for reason, _, _ in rows}
    assert {
        "wording", "language", "words found", "rule met", "score", "likest label 1",
        "verdict", "audience", "page",
    } <= reasons  # fmt: skip
    assert ("verdict", "threat") in {(reason, named) for reason, named, _ in rows}


def test_why_shows_vetoes(desk: duckdb.DuckDBPyConnection) -> None:
    ((ad_id,),) = ask(
        desk,
        "select min(ad_texts.ad_id) from flags.rule_flags "
        "inner join text.ad_texts using (text_hash) where len(veto_ids) > 0",
    )
    reasons = [str(row[0]) for row in ask(desk, f"select reason from why('{ad_id}')")]
    assert any(reason.startswith("veto on ") for reason in reasons)


def test_every_macro_is_explained_and_listed_by_help(
    desk: duckdb.DuckDBPyConnection,
) -> None:
    names = {path.stem.partition("_")[2] for path in MACROS.glob("*.sql")}
    said = {
        str(named).partition("(")[0]: meaning
        for kind, named, meaning in ask(desk, "from help()")
        if kind == "macro"
    }
    assert said.keys() == names
    assert all(str(meaning).startswith(name) for name, meaning in said.items())


def test_macros_work_from_another_database(sample: Path) -> None:
    with duckdb.connect() as notebook:
        notebook.execute(f"attach '{sample}/adwatch.duckdb' as archive (read_only)")
        notebook.execute("use archive")
        assert notebook.execute("from search_text('torpaq')").fetchall()


def query(folder: Path, sql: str) -> Path:
    path = folder / "query.sql"
    path.write_text(sql, encoding="utf-8")
    return path


HOSTILE = """-- Question: what does a spreadsheet do?
select
    unnest(['=1+1', '@x', '-2', '+3', chr(9) || '=4', 'plain', 'bell' || chr(7)])
        as said,
    -5 as number,
    ['=a', 'b'] as list,
    date '2025-08-26' as day
"""


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_exports_carry_nothing_a_spreadsheet_runs(
    sample: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    path = query(tmp_path, HOSTILE)
    given = ["--archive", str(sample), "--query", str(path), "--out", str(out)]
    assert main(given) == 0
    if form == "parquet":
        assert pq.read_table(out)["said"].to_pylist()[0] == "=1+1"
        return
    rows: list[tuple[object, ...]]
    if form == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)]
    else:
        rows = list(openpyxl.load_workbook(out).worksheets[0].values)
    assert rows[0] == ("said", "number", "list", "day")
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'@x", "'-2", "'+3", "'\t=4", "plain", "bell\ufffd",
    ]  # fmt: skip
    assert {row[2] for row in rows[1:]} == {"'=a; b"}
    assert str(rows[1][1]) == "-5"


WRONG = [
    ("drop table marts.rules", "exactly one select"),
    ("select 1; select 2", "exactly one select"),
    ("from read_csv('/etc/passwd')", "disabled by configuration"),
    ("from marts.nothing", "nothing"),
    ("selec 1", "query.sql line 1: syntax error"),
    ("-- ə\nselect\n    nothing\nfrom marts.rules", "query.sql line 3: Referenced"),
    ("-- ə\nfrom marts.rulez", "line 2: Table with name rulez does not exist! Did you"),
    ("select error(rule_id) from marts.rules", "query.sql: T1"),
]


@pytest.mark.parametrize(("sql", "complaint"), WRONG)
def test_a_wrong_query_is_refused_and_leaves_no_file(
    sample: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    sql: str,
    complaint: str,
) -> None:
    out = tmp_path / "out.csv"
    given = ["--archive", str(sample), "--query", str(query(tmp_path, sql))]
    assert main([*given, "--out", str(out)]) == 1
    assert complaint in caplog.text
    assert len(caplog.messages[0].splitlines()) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "query.sql"]


MISTYPED = [
    (["--query", "codes"], "codes: no such file; the cookbook's are analysis/queries/"),
    (["--query", "analysis/queries"], "analysis/queries: no such file"),
    (["--query", "analysis/languages/model.ftz"], "not UTF-8; save it as plain text"),
    (["--format", "csv"], "FORMAT=csv needs OUT=file"),
    (["--out", "x.pdf"], "OUT=x.pdf: no form 'pdf'; end the name in .csv, .parquet"),
    (["--out", "x"], "OUT=x: no form ''"),
    (["--out", "x.csv", "--format", "pdf"], "no form 'pdf'"),
    (["--out", "nowhere/x.csv"], "OUT=nowhere/x.csv: no folder nowhere; make it first"),
]


@pytest.mark.parametrize(("mistyped", "complaint"), MISTYPED)
def test_what_is_mistyped_is_told_on_one_line_with_the_remedy(
    sample: Path,
    caplog: pytest.LogCaptureFixture,
    mistyped: list[str],
    complaint: str,
) -> None:
    given = ["--archive", str(sample), "--query", "analysis/queries/codes.sql"]
    assert main([*given, *mistyped]) == 1
    (said,) = caplog.messages
    assert complaint in said
    assert len(said.splitlines()) == 1


def test_no_database_names_the_remedy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = query(tmp_path, "select 1")
    assert main(["--archive", str(tmp_path), "--query", str(path)]) == 1
    assert "run `make analyze` first" in caplog.text


def test_a_database_cut_off_names_the_remedy(
    sample: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = (sample / "adwatch.duckdb").read_bytes()
    for share in (0.3, 0.6, 0.9):
        (tmp_path / "adwatch.duckdb").write_bytes(whole[: int(len(whole) * share)])
        query = "analysis/queries/codes.sql"
        assert main(["--archive", str(tmp_path), "--query", query]) == 1
        assert "cannot be read" in caplog.messages[-1]
        assert "delete it and run `make analyze`" in caplog.messages[-1]
