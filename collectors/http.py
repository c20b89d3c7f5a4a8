"""The only place that opens connections: patience, retries, caps and redaction."""

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.auth import AuthBase

from collectors.credentials import Credentials
from collectors.errors import AccessRefused, SourceUnavailable
from collectors.exchange import Answer, Problem, Request, received_at
from collectors.secrets import text_without_secrets, without_secrets
from collectors.waiting import wait

log = logging.getLogger(__name__)

USER_AGENT = "adwatch/0.1 (ad library research; one connection, honest pace)"
CONNECT_AND_READ_SECONDS = (10, 120)
TRIES = 6
FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 900.0
# No page of any library comes near; more is a fault or an attack.
LARGEST_BODY = 64 * 2**20
LARGEST_FILE = 16 * 2**30
# A body that trickles in is given up after this long.
LONGEST_BODY_SECONDS = 600.0
CHUNK = 2**16


class TooMuchData(Exception):
    """The library asks for a smaller page."""


class _TooLong(Exception):
    """A body is larger or slower than any real one."""


class _Headers(AuthBase):
    """Adds the signing headers; as an auth object it also keeps a ~/.netrc out."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign one request."""
        request.headers.update(self._headers)
        return request


@dataclass
class Session:
    """A polite connection to one library.

    `find_problem` reads an answer the library's way: HTTP status alone is unreliable.
    """

    library: str
    find_problem: Callable[[Answer], Problem | None]
    rest_seconds: Callable[[Answer], float] = lambda _: 0.0
    credentials: Credentials | None = None
    requests_per_minute: int = 0
    adapters: Mapping[str, BaseAdapter] = field(default_factory=dict)
    # When a file came; the sample's came when it was collected.
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __post_init__(self) -> None:
        """Open the underlying connection pool: one connection to each host."""
        self._connection = requests.Session()
        self._connection.headers.update(
            {"User-Agent": USER_AGENT, "Accept": "application/json"}
        )
        for prefix in ("https://", "http://"):
            self._connection.mount(
                prefix, HTTPAdapter(pool_maxsize=1, pool_block=True, max_retries=0)
            )
        for prefix, adapter in self.adapters.items():
            self._connection.mount(prefix, adapter)
        self._asked_at = float("-inf")

    def fetch(self, request: Request) -> Answer:
        """The library's good answer to `request`, after as many tries as are fair.

        Raises:
            AccessRefused: the library refuses for good.
            SourceUnavailable: it failed `TRIES` times in a row.
            TooMuchData: it wants a smaller page.
        """
        problem = Problem("transient", "not asked yet")
        has_renewed = False
        for attempt in range(TRIES):
            if attempt:
                self._wait(problem, attempt)
            answer = self._answer(request)
            found = answer if isinstance(answer, Problem) else self.find_problem(answer)
            if isinstance(answer, Answer) and (found is None or found.kind == "absent"):
                self._rest(answer)
                return replace(answer, is_absence=True) if found else answer
            assert found is not None
            if found.kind == "too_much":
                raise TooMuchData(found.message)
            if found.kind == "token" and not has_renewed and self._renew():
                has_renewed = True
                found = Problem("transient", found.message, 0.0)
            if found.kind in ("final", "token", "absent"):
                raise AccessRefused(
                    text_without_secrets(f"{self.library}: {found.message}")
                )
            problem = found
        raise SourceUnavailable(
            text_without_secrets(
                f"{self.library}: gave up after {TRIES} tries: {problem.message}; "
                "run again later, the run goes on where it stopped"
            )
        )

    def _renew(self) -> bool:
        return self.credentials is not None and self.credentials.renew()

    def _answer(self, request: Request) -> Answer | Problem:
        """What came back, or why nothing whole did."""
        self._pace()
        try:
            with closing(self._opened(request)) as response:
                content = b"".join(_chunks(response))
        except requests.RequestException as error:
            return Problem("transient", f"{type(error).__name__} from {request.url}")
        except _TooLong as error:
            return Problem("final", f"{request.url}: {error}")
        if 300 <= response.status_code < 400:
            return Problem(
                "final",
                f"{request.url} sends us to another address (HTTP "
                f"{response.status_code}); adwatch does not follow, see base_url",
            )
        body = without_secrets(content)
        return Answer(
            status=response.status_code,
            headers=response.headers,
            body=body,
            received_at=received_at(response.headers),
            is_redacted=body != content,
        )

    def _opened(self, request: Request) -> requests.Response:
        headers = {}
        if self.credentials:
            headers = self.credentials.headers(self._ask, time.monotonic())
        url, params = request.url, dict(request.params)
        if request.is_encoded:
            url = f"{url}?" + "&".join(f"{k}={v}" for k, v in params.items())
            params = {}
        return self._connection.request(
            "GET" if request.json is None else "POST",
            url,
            params=params,
            json=request.json,
            auth=_Headers(headers),
            timeout=CONNECT_AND_READ_SECONDS,
            allow_redirects=False,
            stream=True,
        )

    def _ask(self, url: str, form: dict[str, str]) -> dict[str, Any]:
        """The JSON object that a token address answers; empty if it is none."""
        with closing(
            self._connection.post(
                url,
                data=form,
                timeout=CONNECT_AND_READ_SECONDS,
                allow_redirects=False,
                stream=True,
            )
        ) as response:
            content = b"".join(_chunks(response))
        try:
            told = json.loads(content)
        except ValueError:
            raise requests.ConnectionError("no JSON from the token address") from None
        return told if isinstance(told, dict) else {}

    def stream(self, url: str) -> Iterator[bytes]:
        """The bytes of a file, as they come.

        Raises:
            SourceUnavailable: the file could not be had, or not to its end.
        """
        try:
            with closing(self._opened(Request(url, {}))) as response:
                if response.status_code != 200:
                    raise SourceUnavailable(
                        f"{self.library}: {url}: HTTP {response.status_code}; check "
                        "the address, or save the file yourself and name it in `files`"
                    )
                size = 0
                for chunk in response.iter_content(CHUNK):
                    size += len(chunk)
                    if size > LARGEST_FILE:
                        raise SourceUnavailable(
                            f"{self.library}: {url}: larger than {LARGEST_FILE} bytes; "
                            "refused"
                        )
                    yield chunk
        except requests.RequestException as error:
            raise SourceUnavailable(
                f"{self.library}: {url}: {type(error).__name__}; run again later"
            ) from error

    def _pace(self) -> None:
        """Keep to the ceiling of requests."""
        if self.requests_per_minute:
            due = self._asked_at + 60 / self.requests_per_minute
            if (early := due - time.monotonic()) > 0:
                time.sleep(early)
        self._asked_at = time.monotonic()

    def _wait(self, problem: Problem, attempt: int) -> None:
        seconds = problem.wait_seconds
        if seconds is None:
            seconds = FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
        # Spread, so that several collectors do not come back at the same moment.
        seconds = min(seconds * random.uniform(1, 1.25), LONGEST_WAIT_SECONDS)
        wait(seconds, f"{self.library}: {problem.message}")

    def _rest(self, answer: Answer) -> None:
        seconds = min(self.rest_seconds(answer), LONGEST_WAIT_SECONDS)
        if seconds:
            wait(seconds, f"{self.library}: near its rate limit")


def _chunks(response: requests.Response) -> Iterator[bytes]:
    size, end = 0, time.monotonic() + LONGEST_BODY_SECONDS
    for chunk in response.iter_content(CHUNK):
        size += len(chunk)
        if size > LARGEST_BODY:
            raise _TooLong(f"answer larger than {LARGEST_BODY} bytes refused")
        if time.monotonic() > end:
            raise _TooLong(f"answer not complete after {LONGEST_BODY_SECONDS:.0f} s")
        yield chunk
