"""What is done for speed gives what the long way would give."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors import exchange
from collectors.errors import UnreadableRecord
from collectors.plan import Query
from collectors.protocol import RawRecord
from collectors.reading import MissingField
from collectors.secrets import without_secrets
from tests.collectors.conftest import Collect, collected_ads
from tests.collectors.fake_meta import FakeMeta, invented_ads, serving
from tests.collectors.test_properties import APIS, BOUNDED, PARSERS

IN_LINKS = re.compile(
    rb"((?:access_token|client_secret|appsecret_proof|fb_exchange_token)"
    rb"(?:=|%3D|\\u003d))[^&\"'\s\\<>]+",
    re.IGNORECASE,
)
# Letters whose lower case has another length, or is ASCII, are among them.
PIECES = (
    *(b"access_token", b"Access_Token", b"CLIENT_SECRET", b"appsecret_proof"),
    *(b"fb_exchange_token", b"access_to", b"_token", b"=", b"%3D", b"%3d"),
    *(rb"\u003D", rb"\u003d", b"&", b'"', b" ", b"<", b"aB1", b"\xff", b"\0"),
    *("İ".encode(), "\N{KELVIN SIGN}".encode(), "ſ".encode()),
)


@given(content=st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
@BOUNDED
def test_tokens_are_found_as_without_regard_to_case(content: bytes) -> None:
    assert without_secrets(content) == IN_LINKS.sub(rb"\1REMOVED", content)


@pytest.mark.parametrize("name", APIS)
@given(data=st.data())
@BOUNDED
def test_a_record_with_an_id_lacks_nothing_required(
    name: str, data: st.DataObject
) -> None:
    raw: dict[str, Any] = json.loads(json.dumps(PARSERS[name][1]))
    spoiled = data.draw(st.sampled_from([raw, *_objects(raw)]))
    for key in data.draw(st.lists(st.sampled_from(sorted(spoiled)))):
        spoiled.pop(key, None)
    if data.draw(st.booleans()):
        raw["_id"] = data.draw(st.sampled_from(["", "7", 7, None]))
    has_id = bool(APIS[name].raw_id(raw))
    try:
        list(APIS[name].rows(RawRecord("record 1", raw), Query("q", [], {})))
    except MissingField:
        assert not has_id
    except UnreadableRecord:
        pass


@pytest.mark.parametrize("name", APIS)
def test_a_record_without_an_id_is_told(name: str) -> None:
    record = RawRecord("record 1", {"other": 1})
    assert not APIS[name].raw_id(record.raw)
    with pytest.raises(MissingField):
        list(APIS[name].rows(record, Query("q", [], {})))


def test_a_page_is_parsed_once_to_collect_and_once_to_write(
    collect: Collect, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []
    json_of = exchange.json_of

    def counted(body: bytes) -> Any:
        parsed.append(len(body))
        return json_of(body)

    for module in ("exchange", "landing"):
        monkeypatch.setattr(f"collectors.{module}.json_of", counted)
    with serving(FakeMeta(invented_ads(30))) as library:
        assert collect(library) == 0
    assert len(collected_ads(archive)) == 30
    assert len(parsed) == 2 * len(library.requests) == 6


def _objects(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects right within `raw` that hold anything."""
    return [value for value in raw.values() if isinstance(value, dict) and value]
