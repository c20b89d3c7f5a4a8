"""Walk a library's answers from the first page to the last detail, landing each.

What is still to ask is never stored: it follows from the landed pages, so a run that
was killed at any moment goes on exactly where the landing ends.
"""

import json
import logging
from collections import deque
from dataclasses import replace
from typing import Any

from collectors.errors import SourceChanged
from collectors.exchange import Request
from collectors.http import Session, TooMuchData
from collectors.landing import LandedPage, RunLanding
from collectors.plan import Query
from collectors.protocol import Api, Library, page_size, with_page_size
from collectors.rows import check_page
from collectors.waiting import Progress

log = logging.getLogger(__name__)

# More pages than any library has for one query: a list that does not end is a fault.
PAGE_CAP = 100_000


class QueryWalk:
    """One query of a run: the requests still open, and the loops to look out for."""

    def __init__(
        self, library: Library, query: Query, settings: Any, landing: RunLanding
    ) -> None:
        assert library.api is not None
        self._library = library
        self._api: Api = library.api
        self._query = query
        self._landing = landing
        self._seen: set[str] = set()
        self._pages = 0
        # Why the library did not show the whole list; None if it did.
        self.cut_short: str | None = None
        first = self._api.first_request(settings, query)
        self._size_name = self._api.page_size_parameter or ""
        self._most = page_size(first, self._size_name)
        self._open = deque([first])
        for page in landing.pages:
            if page.query_id == query.query_id:
                self._take_up(page)

    def run(self, session: Session, progress: Progress) -> None:
        """Land what is still to be asked, to the end of the query.

        Raises:
            CollectorError: the query could not be finished.
        """
        while self._open:
            request = self._open[0]
            self._stop_loops(_identity(request), "request")
            page = self._fetched(session, request)
            progress.landed(self._query.query_id, int(page.line["bytes"]))
            self._take_up(page)
            self._save("open")
        self._save("complete")

    def _take_up(self, page: LandedPage) -> None:
        """Go on from a landed page: what it leads to is asked before older details."""
        request = self._open.popleft()
        self._pages += 1
        self._seen.add(_identity(request))
        if page.line.get("is_absence"):
            return
        if request.detail_of is None:
            self._stop_loops(page.sha256, "answer")
            self._seen.add(page.sha256)
        check_page(self._library, page, self._query)
        answer = page.value()
        if request.detail_of is None:
            self.cut_short = self.cut_short or self._api.cut_short(answer)
        for following in self._api.follow(page.request, answer):
            if following.detail_of is None:
                self._open.appendleft(self._grown(following))
            elif _identity(following) not in self._seen:
                self._open.append(following)

    def _fetched(self, session: Session, request: Request) -> LandedPage:
        """Fetch and land one page, smaller if the library says so."""
        while True:
            try:
                answer = session.fetch(request)
            except TooMuchData as error:
                request = self._halved(request, str(error))
                continue
            page = self._landing.land(self._query.query_id, request, answer)
            return replace(page, answer=answer)

    def _halved(self, request: Request, message: str) -> Request:
        size = page_size(request, self._size_name)
        if not size or size == 1:
            raise SourceChanged(
                f"{self._library.name}: refuses even one record: {message}"
            )
        log.info("%s: too much for one page, asking for half", self._library.name)
        return with_page_size(request, self._size_name, size // 2)

    def _grown(self, request: Request) -> Request:
        """The same request a quarter larger, up to the size first asked for."""
        size = page_size(request, self._size_name)
        if not size or not self._most or size >= self._most:
            return request
        larger = min(self._most, size + max(1, size // 4))
        return with_page_size(request, self._size_name, larger)

    def _stop_loops(self, mark: str, kind: str) -> None:
        is_loop = mark in self._seen and self._api.loops_show_in == kind
        if is_loop or self._pages >= PAGE_CAP:
            raise SourceChanged(
                f"{self._library.name}: query {self._query.query_id}: page "
                f"{self._pages + 1} asks for cursor {mark[-80:]!r} again or passes "
                f"{PAGE_CAP} pages; run with --fresh"
            )

    def _save(self, state: str) -> None:
        """Say where the query stands; for people, the manifest is what counts."""
        told = {
            "query_id": self._query.query_id,
            "state": state,
            "pages": self._pages,
            "requests_open": len(self._open),
        }
        path = self._landing.folder / "progress" / f"{self._query.query_id}.json"
        draft = path.with_suffix(".draft")
        path.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(path)


def _identity(request: Request) -> str:
    """What tells a request from others of its query, its page size aside."""
    asked = request.json if request.json is not None else request.params
    kept = {k: v for k, v in asked.items() if k not in ("limit", "fields")}
    return f"{request.url} {json.dumps(kept, sort_keys=True)}"
