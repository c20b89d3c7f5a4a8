"""A small ad library on loopback that behaves like Meta's ads_archive.

It pages by opaque cursors, leaves keys out where there is no value, ends lists in the
three ways Meta does, echoes the caller's token in `paging.next`, sends usage headers,
and plays back a list of faults before it answers.
"""

import base64
import json
import time
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlencode

from tests.collectors.fake_http import Asked, Fault, serving

__all__ = ["REDUCE", "TOKEN", "FakeMeta", "Fault", "invented_ads", "serving"]

TOKEN = "EAAfaketoken0123456789planted"


def meta_error(status: int, **error: Any) -> Fault:
    """A fault with Meta's error envelope."""
    return Fault(status, json.dumps({"error": error}).encode())


REDUCE = "Please reduce the amount of data you're asking for, then retry your request"


@dataclass
class FakeMeta:
    """What the library holds and how it behaves; `requests` is what was asked."""

    ads: list[dict[str, Any]]
    end: Literal["empty", "no_next", "no_paging"] = "no_next"
    faults: list[Fault] = field(default_factory=list)
    largest_page: int = 5000
    repeats_cursor: bool = False
    seconds_per_page: float = 0.0
    usage_percent: int = 3
    requests: list[dict[str, str]] = field(default_factory=list)
    authorizations: list[str | None] = field(default_factory=list)
    address: str = ""

    def respond(self, asked: Asked) -> Fault:
        """The answer to one request, with the usage header that Meta sends."""
        self.requests.append(asked.query)
        # Old clients send the token in the address, ours in a header.
        token = asked.query.get("access_token")
        signed = asked.headers.get("Authorization")
        self.authorizations.append(signed)
        answer = self.answer(asked.query, signed or f"Bearer {token}")
        usage = {
            "type": "ads_archive",
            "call_count": self.usage_percent,
            "total_cputime": 1,
            "total_time": self.usage_percent,
            "estimated_time_to_regain_access": 0,
        }
        told = {"X-Business-Use-Case-Usage": json.dumps({"1234": [usage]})}
        return replace(answer, headers={**told, **answer.headers})

    def answer(self, asked: dict[str, str], authorization: str | None) -> Fault:
        """The answer to one request."""
        time.sleep(self.seconds_per_page)
        if self.faults:
            return self.faults.pop(0)
        if authorization != f"Bearer {TOKEN}":
            return meta_error(400, code=190, message="Invalid OAuth access token.")
        limit = int(asked.get("limit", "25"))
        if limit > self.largest_page:
            return meta_error(500, code=1, message=REDUCE)
        return Fault(200, self.body(self.page(asked, limit)))

    def body(self, page: dict[str, Any]) -> bytes:
        """A page as it is sent."""
        return json.dumps(page).encode()

    def page(self, asked: dict[str, str], limit: int) -> dict[str, Any]:
        """The page that a cursor leads to."""
        start = _position(asked.get("after"))
        stop = start + limit
        shown = [_shown(ad, asked) for ad in self.ads[start:stop]]
        page: dict[str, Any] = {"data": shown}
        is_last = stop >= len(self.ads)
        if is_last and self.end == "no_paging":
            return page
        if start >= len(self.ads) and self.end == "empty":
            return page
        after = _cursor(start if self.repeats_cursor else stop)
        page["paging"] = {"cursors": {"after": after}}
        if not is_last or self.end == "empty" or self.repeats_cursor:
            query = urlencode({**asked, "after": after, "access_token": TOKEN})
            page["paging"]["next"] = f"{self.address}/v23.0/ads_archive?{query}"
        return page


def _shown(ad: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """An ad as shown; who asks for the snapshot link gets his own token in it."""
    if "ad_snapshot_url" not in asked.get("fields", ""):
        return ad
    link = f"https://library.invalid/?id={ad.get('id')}&access_token={TOKEN}"
    return {**ad, "ad_snapshot_url": link}


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"scraping_cursor:{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    return int(base64.urlsafe_b64decode(cursor).decode().partition(":")[2])


def invented_ads(count: int) -> list[dict[str, Any]]:
    """`count` small invented ads in Meta's wire format, with every form of range."""
    return [invented_ad(number) for number in range(count)]


def invented_ad(number: int) -> dict[str, Any]:
    """One invented ad; which keys it lacks depends on its number."""
    ad: dict[str, Any] = {
        "id": str(9_990_000_000_000_000 + number),
        "page_id": str(8_880_000_000_000_000 + number % 7),
        "page_name": f"Uydurma səhifə {number % 7}",
        "ad_creation_time": "2025-08-01",
        "ad_delivery_start_time": f"2025-08-{number % 28 + 1:02}",
        "ad_creative_bodies": [f"Uydurma reklam mətni {number}"],
        "publisher_platforms": ["facebook", "instagram"],
        "currency": "USD",
        "spend": {"lower_bound": "0", "upper_bound": "99"},
        "impressions": {"lower_bound": "1000", "upper_bound": "1999"},
        "delivery_by_region": [{"percentage": "1", "region": "Baku"}],
    }
    if number % 5 == 0:
        ad["spend"] = {"lower_bound": "1000000"}
    if number % 5 == 1:
        del ad["impressions"]
    return ad
