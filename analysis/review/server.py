"""The page for coders: one text at a time, on this machine only."""

import re
import secrets
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from analysis.review import codebook
from analysis.review.decisions import LONGEST, SHAPES, Decision, ReviewError
from analysis.review.desk import ReviewDesk
from analysis.review.fields import FIELDS, SIMPLE_FIELDS
from analysis.review.guard import guard, token
from analysis.review.queues import QUEUES, Asked, Task

LARGEST_FORM = 64 * 1024


def review_app(archive: Path, port: int) -> Flask:
    """The application over one archive, answering on `port` of this machine."""
    app = Flask("analysis.review")
    app.secret_key = secrets.token_bytes(32)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    guard(app, port)
    app.register_error_handler(ReviewError, _broken_file)
    desk = ReviewDesk(archive)
    _start_pages(app)
    _coding_pages(app, desk)
    return app


def _broken_file(error: Exception) -> tuple[str, int, dict[str, str]]:
    """A file in reviews/ that someone spoiled: say which line, save nothing."""
    return f"{error}\n", 500, {"Content-Type": "text/plain; charset=utf-8"}


def _start_pages(app: Flask) -> None:
    @app.get("/")
    def start() -> str:
        return render_template(
            "start.html", queues=QUEUES, token=token(), error=session.pop("error", "")
        )

    @app.post("/start")
    def begin() -> Response:
        coder = request.form.get("coder", "").strip().lower()
        queue = request.form.get("queue", "mixed")
        days = [request.form.get(name, "") for name in ("since", "until")]
        if not re.fullmatch(SHAPES["coder_id"], coder, re.ASCII):
            session["error"] = "A name has 2 to 16 letters a–z, digits, - or _."
            return redirect(url_for("start"))
        if queue not in QUEUES or not all(map(_is_day, days)):
            session["error"] = "Choose a list, and days such as 2025-08-26."
            return redirect(url_for("start"))
        session.update(coder=coder, queue=queue, since=days[0], until=days[1])
        return redirect(url_for("code"))


def _coding_pages(app: Flask, desk: ReviewDesk) -> None:
    @app.get("/code")
    def code() -> str | Response:
        asked = _asked()
        if asked is None:
            return redirect(url_for("start"))
        return _page(desk, asked)

    @app.post("/decide")
    def decide() -> str | Response:
        asked = _asked()
        if asked is None:
            return redirect(url_for("start"))
        task, _, _ = desk.next_task(asked)
        if task is None or request.form.get("place") != place_of(task):
            session["said"] = "Nothing was saved: that text was decided already."
            return redirect(url_for("code"))
        said = {name: request.form.get(name, "") for name in SIMPLE_FIELDS}
        said["codes"] = " ".join(request.form.getlist("codes"))
        for name in LONGEST:
            said[name] = " ".join(said[name].split())
        try:
            decision = desk.decide(asked, task, said)
        except ReviewError as error:
            return _page(desk, asked, said, f"Nothing was saved: {error}.")
        session["said"] = f"Saved. By the codebook: {decision.decision}."
        return redirect(url_for("code"))

    @app.post("/undo")
    def undo() -> Response:
        asked = _asked()
        if asked is None:
            return redirect(url_for("start"))
        taken = desk.undo(asked.coder)
        session["said"] = f"Took back {taken.decision_id}." if taken else "Nothing yet."
        return redirect(url_for("code"))


def _page(
    desk: ReviewDesk,
    asked: Asked,
    said: dict[str, str] | None = None,
    error: str = "",
) -> str:
    task, left, total = desk.next_task(asked)
    if said is None:
        said = _starting_point(desk, asked, task)
    return render_template(
        "code.html",
        asked=asked,
        task=task,
        place=place_of(task) if task else "",
        done=total - left,
        total=total,
        text=desk.shown(task) if task else None,
        fields=FIELDS,
        said={**said, "codes": said.get("codes", "").split()},
        negative_classes=codebook.NEGATIVE_CLASSES,
        pass_name=codebook.PASSES[task.review_pass] if task else "",
        token=token(),
        message=error or session.pop("said", ""),
        is_error=bool(error),
    )


def _starting_point(
    desk: ReviewDesk, asked: Asked, task: Task | None
) -> dict[str, str]:
    """In context the coder starts from what they said of the text alone."""
    if task is None or task.review_pass != "C":
        return {}
    earlier: Decision | None = desk.earlier(asked.coder, task)
    return earlier.row() if earlier else {}


def place_of(task: Task) -> str:
    """Names the task in the form, so that a page sent twice decides once."""
    return f"{task.text_hash} {task.review_pass} {task.review_round}"


def _asked() -> Asked | None:
    if "coder" not in session:
        return None
    return Asked(
        coder=session["coder"],
        queue=session["queue"],
        today=datetime.now(UTC).date(),
        since=session["since"] or None,
        until=session["until"] or None,
    )


def _is_day(written: str) -> bool:
    try:
        return not written or bool(date.fromisoformat(written))
    except ValueError:
        return False
