"""Third-party clients page through the fake Meta library and get what we get.

They are written anew here in the way they ask: AdDownloader 0.2.11 follows
`paging.next` and appends every parameter again, Meta's own script follows it verbatim
and needs it on every page, others take the cursor alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
import requests

from tests.collectors.conftest import Collect, collected_ads
from tests.collectors.fake_meta import TOKEN, FakeMeta, invented_ads, serving

Client = Callable[[str, dict[str, str]], list[str]]
PARAMS = {
    "fields": "id, ad_delivery_start_time, page_id, page_name, bylines, spend",
    "ad_reached_countries": "AZ",
    "search_page_ids": "None",
    "search_terms": "*",
    "ad_delivery_date_min": "2024-12-01",
    "ad_delivery_date_max": "2026-11-15",
    "limit": "30",
    "access_token": TOKEN,
    "ad_type": "POLITICAL_AND_ISSUE_ADS",
    "ad_active_status": "ALL",
}


def _addownloader(url: str, params: dict[str, str]) -> list[str]:
    page = requests.get(url, params=params, timeout=10).json()
    ids = _ids(page)
    if "paging" in page and "next" in page["paging"]:
        ids += _addownloader(page["paging"]["next"], params)
    return ids


def _meta_script(url: str, params: dict[str, str]) -> list[str]:
    address = requests.Request("GET", url, params=params).prepare().url
    ids: list[str] = []
    while address is not None:
        page = requests.get(address, timeout=10).json()
        found = [ad for ad in page["data"] if ad["ad_delivery_start_time"]]
        if not found:
            break
        ids += _ids(page)
        address = page["paging"]["next"]
    return ids


def _cursor_only(url: str, params: dict[str, str]) -> list[str]:
    ids: list[str] = []
    while True:
        page = requests.get(url, params=params, timeout=10).json()
        ids += _ids(page)
        paging = page.get("paging", {})
        if not page["data"] or "next" not in paging:
            return ids
        params = {**params, "after": paging["cursors"]["after"]}


def _ids(page: dict[str, Any]) -> list[str]:
    return [ad["id"] for ad in page["data"]]


@pytest.mark.parametrize(
    ("client", "end"),
    [
        (_addownloader, "no_next"),
        (_addownloader, "no_paging"),
        (_meta_script, "empty"),
        (_cursor_only, "no_next"),
        (_cursor_only, "empty"),
    ],
)
def test_other_clients_get_the_same_ads(
    collect: Collect,
    archive: Path,
    client: Client,
    end: Literal["empty", "no_next", "no_paging"],
) -> None:
    with serving(FakeMeta(invented_ads(215), end=end)) as library:
        theirs = client(f"{library.address}/v20.0/ads_archive", dict(PARAMS))
        assert collect(library, page_size=30) == 0
    ours = [ad["ad_id"].removeprefix("meta:") for ad in collected_ads(archive)]
    assert theirs == ours
    assert len(ours) == 215
