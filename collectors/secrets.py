"""The one place where secrets come in and are taken out of what is kept or said."""

import logging
import os
import re
from urllib.parse import quote

from collectors.errors import SettingsError

REMOVED = "REMOVED"
# Libraries echo secrets in links they build (Meta: paging.next, ad_snapshot_url).
_NAMES = (b"access_token", b"client_secret", b"appsecret_proof", b"fb_exchange_token")
# For bytes in lower case: without regard to case the same search takes eight times as
# long, and was a sixth of all time spent on a page.
_IN_LINKS = re.compile(
    rb"((?:" + b"|".join(_NAMES) + rb")(?:=|%3d|\\u003d))[^&\"'\s\\<>]+"
)
# What a token may consist of; anything else would end up quoted in an exception.
_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}")
_known: set[str] = set()


def secret(variable: str) -> str:
    """The secret in an environment variable.

    Raises:
        SettingsError: it is not set or cannot be a token; its value is never told.
    """
    value = optional_secret(variable)
    if not value:
        raise SettingsError(f"{variable} is not set: export it and run again")
    return value


def optional_secret(variable: str) -> str | None:
    """The secret in an environment variable, None if it is not set.

    Raises:
        SettingsError: it cannot be a token; its value is never told.
    """
    value = os.environ.get(variable, "").strip()
    if not value:
        return None
    if not _TOKEN.fullmatch(value):
        raise SettingsError(
            f"{variable} holds characters that no token has (blanks, line breaks?)"
        )
    return remembered(value)


def remembered(value: str) -> str:
    """The secret `value`, from now on removed from everything kept or said."""
    _known.add(value)
    return value


def without_secrets(content: bytes) -> bytes:
    """`content` with every known secret and every token in a link removed."""
    for value in _known:
        for form in {value, quote(value, safe="")}:
            content = content.replace(form.encode(), REMOVED.encode())
    return _without_tokens_in_links(content)


def _without_tokens_in_links(content: bytes) -> bytes:
    folded = content.lower()
    first = min((at for at in map(folded.find, _NAMES) if at >= 0), default=None)
    if first is None:
        return content
    parts, kept = [], 0
    for found in _IN_LINKS.finditer(folded, first):
        parts += [content[kept : found.end(1)], REMOVED.encode()]
        kept = found.end()
    return b"".join([*parts, content[kept:]])


def text_without_secrets(text: str) -> str:
    """`text` with every known secret and every token in a link removed."""
    return without_secrets(text.encode("utf-8", "surrogatepass")).decode(
        "utf-8", "surrogatepass"
    )


class Redaction(logging.Filter):
    """Takes secrets out of every log line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its redacted form."""
        record.msg, record.args = text_without_secrets(record.getMessage()), ()
        return True
