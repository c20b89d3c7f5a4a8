"""No input makes a parser raise anything but our own errors."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors import (
    google_record,
    linkedin,
    linkedin_record,
    meta,
    meta_record,
    meta_report,
    microsoft,
    microsoft_record,
    snap,
    table,
    tiktok,
    tiktok_record,
)
from collectors.ads import AD_SCHEMA, RUN_FIELDS
from collectors.errors import CollectorError, UnreadableRecord
from collectors.exchange import Answer, Request, retry_after_seconds
from collectors.plan import Query
from collectors.protocol import Library, RawRecord
from collectors.secrets import remembered, without_secrets
from collectors.table_record import ad as table_ad
from collectors.tables import Table, csv_records, json_line_records, tables
from tests.collectors.fake_meta import invented_ad
from tests.collectors.fake_others import linkedin_elements, microsoft_ads
from tests.collectors.fake_tiktok import tiktok_ads

BOUNDED = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(2**62, 2**70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\ud800", "1e400", "-1", "≤ 10k", "10k-", "9" * 400, "NaN", ""]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
    max_leaves=6,
)


def _spoiled(whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A good record in which some values, at any depth, are replaced by anything."""
    paths = list(_paths(whole))

    def build(choices: list[tuple[int, Any]]) -> dict[str, Any]:
        spoiled: dict[str, Any] = json.loads(json.dumps(whole))
        for number, value in choices:
            _put(spoiled, paths[number], value)
        return spoiled

    choice = st.tuples(st.integers(0, len(paths) - 1), JSON)
    return st.lists(choice, max_size=3).map(build)


def _paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    found = [(*at, key) for key in keys]
    for key in keys:
        found += _paths(value[key], (*at, key))
    return found


def _put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for key in path[:-1]:
        if not isinstance(value, dict | list):
            return
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(value, dict):
        value[path[-1]] = new


GOOGLE_AD = dict.fromkeys(google_record.IGNORED, "") | {
    "Ad_ID": "CR1",
    "Advertiser_ID": "AR1",
    "Ad_Type": "Text",
    "Regions": "EU, DE",
    "Impressions": "10k-100k",
    "Spend_Range_Min_USD": "100",
    "Spend_Range_Max_USD": "1000.0",
    "Date_Range_Start": "2019-01-01",
    "Age_Targeting": "18-24",
}
SNAP_AD = {
    "ADID": "a",
    "CreativeUrl": "https://a;https://b",
    "Spend": "5",
    "Impressions": "5",
    "StartDate": "2023/02/14 16:32:47Z",
    "EndDate": "",
    "CountryCode": "turkey",
    "CreativeProperties": "web_view_url:https://x.invalid",
}
TABLE_AD = {"id": "1", "text": "['a']", "spend": "{'lower_bound': '0'}", "day": "x"}
TABLE_MAPPING: dict[str, Any] = {
    "name": "mine",
    "ad_id": "id",
    "fields": {
        "body_texts": {"column": "text", "form": "list"},
        "spend": {"column": "spend", "form": "range"},
        "started_date": {"column": "day", "pattern": "%Y"},
        "landing_domain": {"column": "text", "form": "host"},
        "delivery_regions": {"column": "text", "form": "region_shares"},
    },
}
PARSERS: dict[str, tuple[Callable[[dict[str, Any]], Any], dict[str, Any]]] = {
    "meta": (meta_record.ad, invented_ad(0)),
    "tiktok": (tiktok_record.ad, tiktok_ads(1)[0]),
    "microsoft": (microsoft_record.ad, microsoft_ads(1)[0]),
    "linkedin": (linkedin_record.ad, linkedin_elements(2)[1]),
    "google": (google_record.ad, GOOGLE_AD),
    "snap": (snap.ad, SNAP_AD),
    "table": (lambda raw: table_ad(raw, TABLE_MAPPING), TABLE_AD),
}


CONTENT = pa.schema([field for field in AD_SCHEMA if field.name not in RUN_FIELDS])


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.data())
@BOUNDED
def test_a_spoiled_record_is_read_or_refused(name: str, data: st.DataObject) -> None:
    parse, whole = PARSERS[name]
    raw = data.draw(_spoiled(whole))
    try:
        record = parse(raw)
    except UnreadableRecord:
        return
    assert record["ad_id"].startswith(f"{name}:")
    pa.Table.from_pylist([record], schema=CONTENT)
    for measure in ("spend", "impressions", "reach", "audience_size"):
        low, high = record[f"{measure}_min"], record[f"{measure}_max"]
        assert low is None or high is None or low <= high


APIS: dict[str, Library] = {
    library.name: library
    for library in (meta.LIBRARY, tiktok.LIBRARY, microsoft.LIBRARY, linkedin.LIBRARY)
}
PAGES: dict[str, dict[str, Any]] = {
    "meta": {
        "data": [invented_ad(1)],
        "paging": {"cursors": {"after": "x"}, "next": "y"},
        "error": {"code": 613, "message": "slow", "is_transient": False},
    },
    "tiktok": {
        "data": {"ads": tiktok_ads(1), "has_more": True, "search_id": "s"},
        "error": {"code": "ok", "message": ""},
    },
    "microsoft": {
        "@odata.count": 3,
        "value": microsoft_ads(1),
        "error": {"message": ""},
    },
    "linkedin": {"elements": linkedin_elements(2), "paging": {"total": 3, "links": []}},
}
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Retry-After", "X-App-Usage", "X-Business-Use-Case-Usage", "Date"]
    ),
    st.one_of(st.text(max_size=30), JSON.map(lambda value: json.dumps(value))),
)


@pytest.mark.parametrize("name", APIS)
@given(data=st.data())
@BOUNDED
def test_a_spoiled_answer_is_understood_or_refused(
    name: str, data: st.DataObject
) -> None:
    api = APIS[name].api
    assert api is not None
    page = data.draw(_spoiled(PAGES[name]))
    if data.draw(st.booleans()):
        page.pop("error", None)
    body = json.dumps(page).encode()
    if data.draw(st.integers(0, 9)) == 0:
        body = body[: data.draw(st.integers(0, len(body)))]
    status = data.draw(st.sampled_from([200, 400, 401, 403, 404, 429, 500, 503]))
    headers = data.draw(HEADERS)
    answer = Answer(status, headers, body, datetime(2026, 1, 1, tzinfo=UTC))
    assert retry_after_seconds(headers) is None or retry_after_seconds(headers) != -1
    assert api.rest_seconds(answer) >= 0
    if api.find_problem(answer) is not None:
        return
    params = {"start": "0", "$skip": "0", "$top": "9", "limit": "9"}
    request = Request(
        "https://library.invalid/ad/query/", params, json={"max_count": 9}
    )
    try:
        following = api.follow(request, json.loads(body))
    except CollectorError:
        return
    assert all(isinstance(asked, Request) for asked in following)


@given(content=st.binary(max_size=300))
@BOUNDED
def test_any_bytes_are_a_table_of_good_and_bad_rows(
    content: bytes, tmp_path: Path
) -> None:
    for start in (b"", b"a,b\n", b'a,b\n1,"', b"\xff\xfe", b"\x1f\x8b"):
        (tmp_path / "t").write_bytes(start + content)
        for name in ("t.csv", "t.csv.gz"):
            path = (tmp_path / "t").rename(tmp_path / name)
            assert all(
                (record.problem is None) == bool(record.raw)
                for record in csv_records(Table(name, path))
            )
            path.rename(tmp_path / "t")
        for record in json_line_records(Table("t", tmp_path / "t")):
            assert isinstance(record.raw, dict)


@given(content=st.binary(max_size=300))
@BOUNDED
def test_any_bytes_are_a_zip_or_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    path.write_bytes(b"PK\x05\x06" + content)
    try:
        found = tables(path, "t.zip")
    except CollectorError:
        return
    for member in found:
        list(csv_records(member))


@given(
    name=st.text(max_size=60),
    row=st.dictionaries(
        st.sampled_from(
            ["page_id", "page_name", "amount_spent_usd", "location_name", "disclaimer"]
        ),
        st.text(max_size=12),
    ),
)
@BOUNDED
def test_any_report_row_is_read_or_refused(name: str, row: dict[str, str]) -> None:
    facts = meta_report._file_facts(name)
    known = {"day": "2025-07-10", "country": "AZ", "preset": "yesterday", "part": "x"}
    for found in (facts, known):
        record = RawRecord("line 1", {**row, "file": found})
        try:
            rows = list(meta_report.LIBRARY.rows(record, Query("q", [], {})))
        except UnreadableRecord:
            continue
        assert rows[0][0] == "spend"


@given(before=st.text(max_size=30), after=st.text(max_size=30))
@BOUNDED
def test_a_secret_never_stays(before: str, after: str) -> None:
    token = remembered("EAAplanted0123456789")
    content = f"{before}{token}{after}".encode()
    assert token.encode() not in without_secrets(content)


@given(mapping=st.dictionaries(st.sampled_from(["name", "ad_id", "fields"]), JSON))
@BOUNDED
def test_any_mapping_is_usable_or_refused(
    mapping: dict[str, Any], tmp_path: Path
) -> None:
    from collectors.table_record import mapping_problem

    told = mapping_problem(mapping)
    assert told is None or isinstance(told, str)
    assert table.LIBRARY.name == "table"
