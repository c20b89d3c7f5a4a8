"""What goes to a library and comes back: requests, answers and their problems."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Literal


@dataclass(frozen=True)
class Request:
    """One request; neither `params` nor `json` ever hold a secret.

    With `json` it is a POST. `is_encoded` says that the values of `params` are to be
    sent as they are. `detail_of` is the ad whose details it asks for.
    """

    url: str
    params: dict[str, str]
    json: dict[str, Any] | None = None
    is_encoded: bool = False
    detail_of: str | None = None


@dataclass(frozen=True)
class Answer:
    """One answer with every secret already taken out of `body`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    is_redacted: bool = False
    # The library no longer has what was asked for; the answer says so.
    is_absence: bool = False

    @cached_property
    def value(self) -> Any:
        """The JSON value of the body, read once.

        Raises:
            ValueError: see `json_of`.
        """
        return json_of(self.body)


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer, as the library's own module understands it."""

    kind: Literal["transient", "rate_limit", "too_much", "token", "absent", "final"]
    message: str
    wait_seconds: float | None = None


def json_of(body: bytes) -> Any:
    """The JSON value of an answer.

    Raises:
        ValueError: it is no JSON, or nested as no answer is.
    """
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def received_at(headers: Mapping[str, str]) -> datetime:
    """When the answer was made: the library's clock, else ours. In UTC."""
    try:
        stated = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return datetime.now(UTC)
    return stated.astimezone(UTC)


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """The Retry-After header in seconds, given as number or date; None if neither."""
    stated = headers.get("Retry-After", "")
    try:
        return max(0.0, float(stated))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - received_at(headers)).total_seconds())
