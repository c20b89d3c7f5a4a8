"""Profiles for langdetect from the training lines: counts of letters to triples."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from langdetect.utils.lang_profile import LangProfile

LINES, KEPT_NGRAMS = 12_000, 2_000
# Those told apart, and those most like them: langdetect's time grows with each.
_NAMES = frozenset(
    ("az", "az-ascii", "az-Cyrl", "tr", "tr-ascii", "ru", "en", "uk", "fa", "azb", "kk",
     "uz", "uz-Cyrl", "tk", "tk-Cyrl", "crh", "ar", "be", "bg", "sr", "ky", "tg", "tt",
     "ug", "ckb", "ku", "ur", "de", "es", "fr", "id", "it", "nl", "pl", "pt", "ro")
)  # fmt: skip
# Spellings that would blur a profile stand apart: az-ascii and az are both az.
_ASCII_APART = frozenset(("az", "tr"))
_DIACRITIC = re.compile("[əışçğöü]")


def write_profiles(lines: list[tuple[str, str]], path: Path) -> None:
    """Write a profile per language and spelling; equal lines, equal bytes."""
    texts: dict[str, list[str]] = {}
    for language, text in lines:
        name = language
        if language in _ASCII_APART and not _DIACRITIC.search(text):
            name = f"{language}-ascii"
        texts.setdefault(name, []).append(text)
    profiles = [
        profile(name, found[:LINES])
        for name, found in sorted(texts.items())
        if name in _NAMES
    ]
    packed = json.dumps(profiles, ensure_ascii=False, sort_keys=True).encode()
    path.write_bytes(gzip.compress(packed, 9, mtime=0))


def profile(name: str, texts: list[str]) -> dict[str, object]:
    """One profile as langdetect reads it, its rare n-grams left out."""
    counted = LangProfile(name)
    for text in texts:
        counted.update(f" {text} ")
    counted.omit_less_freq()
    kept = dict(sorted(Counter(counted.freq).most_common(KEPT_NGRAMS)))
    return {"name": name, "freq": kept, "n_words": counted.n_words}
