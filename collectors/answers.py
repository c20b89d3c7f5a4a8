"""What answers of several libraries have in common: HTTP statuses and their meaning."""

from typing import Any

from collectors.exchange import Answer, Problem, retry_after_seconds

RATE_LIMIT_WAIT_SECONDS = 60.0


def status_problem(answer: Answer, remedy: str) -> Problem | None:
    """What an HTTP status alone says; None for success.

    `remedy` is told where the library refuses the caller.
    """
    status = answer.status
    wait = retry_after_seconds(answer.headers)
    if status == 429:
        return Problem("rate_limit", "HTTP 429", wait or RATE_LIMIT_WAIT_SECONDS)
    if status >= 500:
        return Problem("transient", f"HTTP {status}", wait)
    if status in (401, 403):
        return Problem("token", f"HTTP {status} ({remedy})")
    if status >= 400:
        return Problem("final", f"HTTP {status}")
    return None


def json_object(answer: Answer) -> dict[str, Any] | Problem:
    """The JSON object of an answer; HTML or a torn body is a passing problem."""
    try:
        body = answer.value
    except ValueError:
        wait = retry_after_seconds(answer.headers)
        if answer.status == 429:
            wait = wait or RATE_LIMIT_WAIT_SECONDS
        return Problem("transient", f"no JSON (HTTP {answer.status})", wait)
    if not isinstance(body, dict):
        return Problem(
            "final",
            "the answer is no JSON object; the library changed, "
            "see collectors/README.md",
        )
    return body
