"""A small library that behaves like TikTok's Commercial Content API.

Tokens end after a while, errors come inside HTTP 200, ids are numbers beyond 2^53.
"""

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.collectors.fake_http import Asked, Fault, told

KEY, SECRET = "ttfakekey0001", "ttfakesecret0001"


@dataclass
class FakeTikTok:
    """What the library holds; `tokens` is how many tokens it has given."""

    ads: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    # A token serves so many calls and is then refused.
    calls_per_token: int = 1_000
    gone: frozenset[int] = frozenset()
    loops: bool = False
    tokens: int = 0
    calls: int = 0
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    address: str = ""

    def respond(self, asked: Asked) -> Fault:
        """The answer to one request."""
        if asked.path == "/v2/oauth/token/":
            return self._token(parse_qs(asked.body.decode()))
        if self.faults:
            return self.faults.pop(0)
        self.calls += 1
        if (
            asked.headers.get("Authorization") != f"Bearer {self._current}"
            or self.calls > self.calls_per_token
        ):
            return tiktok_error("access_token_invalid", "The access token is invalid")
        self.requests.append((asked.path, asked.json))
        if asked.path.endswith("/ad/query/"):
            return self._list(asked.json)
        if asked.path.endswith("/ad/report/"):
            return _ok({"count_time_series_by_country": {"DE": []}})
        return self._detail(asked.json["ad_id"])

    @property
    def _current(self) -> str:
        return f"clt.faketoken{self.tokens:04}"

    def _token(self, form: dict[str, list[str]]) -> Fault:
        if form.get("client_secret") != [SECRET]:
            return told({"error": "invalid_client", "error_description": "no"})
        self.tokens += 1
        self.calls = 0
        return told({"access_token": self._current, "expires_in": 7200})

    def _list(self, body: dict[str, Any]) -> Fault:
        start = int(base64.b64decode(body.get("search_id", "MA==")))
        stop = start + body["max_count"]
        listed = [
            {"ad": {k: v for k, v in raw["ad"].items() if k != "title"}}
            | {"advertiser": raw["advertiser"]}
            for raw in self.ads[start:stop]
        ]
        has_more = stop < len(self.ads)
        after = 0 if self.loops else stop
        data = {
            "ads": listed,
            "has_more": has_more or self.loops,
            "search_id": base64.b64encode(str(after).encode()).decode(),
        }
        return _ok(data)

    def _detail(self, ad_id: int) -> Fault:
        if ad_id in self.gone:
            return tiktok_error("ad_not_found", "gone")
        return _ok(next(raw for raw in self.ads if raw["ad"]["id"] == ad_id))


def _ok(data: dict[str, Any]) -> Fault:
    return told({"data": data, "error": {"code": "ok", "message": "", "log_id": "1"}})


def tiktok_error(code: str, message: str = "no", status: int = 200) -> Fault:
    """An error as TikTok tells it."""
    return told({"data": {}, "error": {"code": code, "message": message}}, status)


def tiktok_ads(count: int) -> list[dict[str, Any]]:
    """Invented ads as the detail call gives them."""
    return [
        {
            "ad": {
                "id": 2**53 + 1 + number,
                "first_shown_date": 20260101 + number % 28,
                "last_shown_date": str(20260201 + number % 28),
                "status": "active",
                "title": f"Uydurma başlıq {number}",
                "external_url": "https://www.uydurma.invalid/page",
                "videos": [{"url": "https://cdn.invalid/v.mp4"}],
                "image_urls": [],
                "reach": {
                    "unique_users_seen": ("11K", "10K-100K")[number % 2],
                    "unique_users_seen_by_country": {"DE": "8K", "AT": "3K"},
                },
            },
            "advertiser": {"business_id": 7 + number % 3, "business_name": "Uydurma"},
            "ad_group": {
                "targeting_info": {
                    "number_of_users_targeted": "50K",
                    "country": ["DE"],
                    "age": {"13-17": False, "18-24": True},
                    "gender": {"female": True, "male": True},
                    "audience_targeting": "No",
                }
            },
        }
        for number in range(count)
    ]
