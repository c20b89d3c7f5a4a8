"""The one place where secrets come in and are taken out of what is kept."""

import os
import re
from urllib.parse import quote

from collectors.errors import SettingsError

REMOVED = "REMOVED"
# Libraries echo secrets in links they build (Meta: paging.next, ad_snapshot_url).
_IN_LINKS = re.compile(
    rb"((?:access_token|client_secret|appsecret_proof|fb_exchange_token)"
    rb"(?:=|%3D|\\u003d))[^&\"'\s\\<>]+",
    re.IGNORECASE,
)
# What a token may consist of; anything else would end up quoted in an exception.
_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}")


def secret(variable: str) -> str:
    """The secret in an environment variable.

    Raises:
        SettingsError: it is not set or cannot be a token; its value is never told.
    """
    value = os.environ.get(variable, "").strip()
    if not value:
        raise SettingsError(f"{variable} is not set: export it and run again")
    if not _TOKEN.fullmatch(value):
        raise SettingsError(
            f"{variable} holds characters that no token has (blanks, line breaks?)"
        )
    return value


def without_secrets(content: bytes, secrets: tuple[str, ...]) -> bytes:
    """`content` with every known secret and every token in a link removed."""
    for value in secrets:
        for form in {value, quote(value, safe="")}:
            content = content.replace(form.encode(), REMOVED.encode())
    return _IN_LINKS.sub(rb"\1" + REMOVED.encode(), content)
