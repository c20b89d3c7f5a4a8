"""The only place that opens connections: patience, retries and redaction."""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import requests
from requests.adapters import BaseAdapter
from requests.auth import AuthBase

from collectors.errors import AccessRefused, SourceUnavailable
from collectors.secrets import without_secrets

log = logging.getLogger(__name__)

USER_AGENT = "adwatch/0.1 (ad library research; one connection, honest pace)"
CONNECT_AND_READ_SECONDS = (10, 120)
TRIES = 6
FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 900.0


@dataclass(frozen=True)
class Request:
    """One GET; `params` never hold a secret."""

    url: str
    params: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """One answer with every secret already taken out of `body`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    is_redacted: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer, as the library's own module understands it."""

    kind: Literal["transient", "rate_limit", "too_much", "final"]
    message: str
    wait_seconds: float | None = None


class TooMuchData(Exception):
    """The library asks for a smaller page."""


class BearerToken(AuthBase):
    """Puts the token into the Authorization header and nowhere else.

    As an auth object it also keeps a ~/.netrc from replacing the header.
    """

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign one request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass
class Session:
    """A polite connection to one library.

    `find_problem` reads an answer the library's way: HTTP status alone is unreliable.
    """

    library: str
    find_problem: Callable[[Answer], Problem | None]
    rest_seconds: Callable[[Answer], float] = lambda _: 0.0
    token: str | None = None
    adapters: Mapping[str, BaseAdapter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the underlying connection pool."""
        self._connection = requests.Session()
        self._connection.headers.update(
            {"User-Agent": USER_AGENT, "Accept": "application/json"}
        )
        if self.token:
            self._connection.auth = BearerToken(self.token)
        for prefix, adapter in self.adapters.items():
            self._connection.mount(prefix, adapter)

    def fetch(self, request: Request) -> Answer:
        """The library's good answer to `request`, after as many tries as are fair.

        Raises:
            AccessRefused: the library refuses for good.
            SourceUnavailable: it failed `TRIES` times in a row.
            TooMuchData: it wants a smaller page.
        """
        problem = Problem("transient", "not asked yet")
        for attempt in range(TRIES):
            if attempt:
                self._wait(problem, attempt)
            answer = self._answer(request)
            if isinstance(answer, Problem):
                problem = answer
                continue
            found = self.find_problem(answer)
            if found is None:
                self._rest(answer)
                return answer
            if found.kind == "too_much":
                raise TooMuchData(found.message)
            if found.kind == "final":
                raise AccessRefused(f"{self.library}: {found.message}")
            problem = found
        raise SourceUnavailable(
            f"{self.library}: gave up after {TRIES} tries: {problem.message}; "
            "run again later, the run goes on where it stopped"
        )

    def _answer(self, request: Request) -> Answer | Problem:
        """What came back, or why nothing whole did."""
        try:
            response = self._connection.get(
                request.url,
                params=request.params,
                timeout=CONNECT_AND_READ_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return Problem("transient", f"{type(error).__name__} from {request.url}")
        secrets = (self.token,) if self.token else ()
        body = without_secrets(response.content, secrets)
        return Answer(
            status=response.status_code,
            headers=response.headers,
            body=body,
            received_at=received_at(response.headers),
            is_redacted=body != response.content,
        )

    def _wait(self, problem: Problem, attempt: int) -> None:
        seconds = problem.wait_seconds
        if seconds is None:
            seconds = (
                FIRST_WAIT_SECONDS * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)
            )
        seconds = min(seconds, LONGEST_WAIT_SECONDS)
        log.warning("%s: %s; waiting %.0f s", self.library, problem.message, seconds)
        time.sleep(seconds)

    def _rest(self, answer: Answer) -> None:
        seconds = min(self.rest_seconds(answer), LONGEST_WAIT_SECONDS)
        if seconds:
            log.info("%s: near its rate limit, resting %.0f s", self.library, seconds)
            time.sleep(seconds)


def received_at(headers: Mapping[str, str]) -> datetime:
    """When the answer was made: the library's clock, else ours. In UTC."""
    try:
        stated = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return datetime.now(UTC)
    return stated.astimezone(UTC)


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """The Retry-After header in seconds; None if absent or not a number."""
    try:
        return max(0.0, float(headers.get("Retry-After", "")))
    except ValueError:
        return None
