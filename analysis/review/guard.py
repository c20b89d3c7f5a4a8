"""Keeps the page to this machine: no foreign host, no request from another site."""

import hmac
import secrets

from flask import Flask, Response, abort, request, session

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def guard(app: Flask, port: int) -> None:
    """Refuse what does not come from the page itself, and forbid it to load more."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    @app.before_request
    def refuse() -> None:
        if request.host not in hosts:
            abort(403, "this page answers on this machine only")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            abort(403, "this request comes from another site")
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            abort(403, "this request comes from another site")
        if request.method == "POST":
            sent = request.form.get("token", "")
            if not hmac.compare_digest(sent.encode(), token().encode()):
                abort(403, "the page is out of date; load it again")

    @app.after_request
    def close(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Not no-referrer: with it, browsers send no Origin to be checked.
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def token() -> str:
    """The session's secret, which every form carries."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])
