"""A small HTTP server on loopback that fake libraries answer through.

It plays back faults before it answers: error bodies, slow answers, torn bodies.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

FIXED_DATE = "Sun, 15 Nov 2026 06:00:00 GMT"


@dataclass(frozen=True)
class Fault:
    """An answer; `sent_bytes` less than its length tears it in the middle."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    sent_bytes: int | None = None
    after_seconds: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; of a repeated key the last value counts."""

    method: str
    path: str
    raw_query: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The JSON object that was posted."""
        value: dict[str, Any] = json.loads(self.body)
        return value


class FakeLibrary(Protocol):
    """Something that answers requests at `address`."""

    address: str

    def respond(self, asked: Asked) -> Fault:
        """The answer to one request."""


L = TypeVar("L", bound=FakeLibrary)


def told(value: Any, status: int = 200, **headers: str) -> Fault:
    """An answer that holds a JSON value."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Fault(status, json.dumps(value).encode(), named)


@contextmanager
def serving(library: L) -> Iterator[L]:
    """Serve `library` on a free port of loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {key: values[-1] for key, values in parse_qs(url.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = dict(self.headers.items())
            self._send(
                library.respond(
                    Asked(self.command, url.path, url.query, query, headers, body)
                )
            )

        def do_POST(self) -> None:
            self.do_GET()

        def _send(self, answer: Fault) -> None:
            # Not time.sleep, which tests of waiting replace.
            threading.Event().wait(answer.after_seconds)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: answer.sent_bytes])
            if answer.sent_bytes is not None:
                self.close_connection = True

        def date_time_string(self, timestamp: float | None = None) -> str:
            return FIXED_DATE

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    library.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield library
    finally:
        server.shutdown()
        server.server_close()
