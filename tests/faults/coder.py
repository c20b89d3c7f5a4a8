"""Someone who codes as fast as the page lets them."""

import html
import re
import socket
from urllib.parse import unquote

import requests

CODING = {
    "codes": "T1", "voice": "V1", "direction": "toward_AZ", "severity": "3",
    "polarity": "asserted", "threat_target": "state", "coder_confidence": "2",
    "review_note": "",
}  # fmt: skip
SECONDS = 20


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a page is served there."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


class Coder:
    """A coder at the page of one port; `confirmed` is what it said was saved."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self.confirmed: list[str] = []
        self._site = f"http://127.0.0.1:{port}"
        self._browser = requests.Session()
        form = {"coder": name, "queue": "mixed"}
        page = self._get("/")
        form["token"] = _hidden(page, "token")
        self._browser.post(f"{self._site}/start", data=form, timeout=SECONDS)

    def decide(self) -> str:
        """Code the text that is shown; what the page then says.

        Raises:
            requests.RequestException: the page is gone.
        """
        page = self._get("/code")
        if 'id="finished"' in page:
            return "finished"
        place = _hidden(page, "place")
        form = {**CODING, "token": _hidden(page, "token"), "place": place}
        answer = self._browser.post(
            f"{self._site}/decide", data=form, timeout=SECONDS, allow_redirects=False
        )
        if answer.status_code == 302:
            # Only a decision that is on disk leads on; how it was told comes later.
            said = _message(self._get("/code"))
            if said.startswith("Saved."):
                self.confirmed.append(unquote(place))
            return said
        return _message(answer.text)

    def _get(self, path: str) -> str:
        return self._browser.get(self._site + path, timeout=SECONDS).text


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


def _message(page: str) -> str:
    found = re.search(r'id="message">(.*?)</p>', page, re.DOTALL)
    return html.unescape(found[1]) if found else page
