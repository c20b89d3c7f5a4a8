"""Make seeds/confusables.csv: letters that look like letters or digits of ASCII.

    python seeds/make_confusables.py

Source: Unicode's confusables (UTS 39), as PyPI's confusable-homoglyphs carries them.
Added here: the small letters whose capitals look alike, and pairs that UTS 39 leaves
out because they differ when set side by side. See seeds/README.md for the licences.
"""

import csv
import unicodedata
from pathlib import Path

from confusable_homoglyphs import confusables

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
# What hosts and names show alike in most typefaces; ə is e where a keyboard lacks it.
OWN = {"i": "l", "ı": "l", "m": "rn", "w": "vv", "0": "o", "1": "l"} | dict.fromkeys(
    "əәǝ", "e"
)
HEADER = ("letter", "looks_like", "look_source")


def looks(letter: str) -> str | None:
    """The ASCII letters that `letter` looks like by UTS 39, small; None without any."""
    for twin in confusables.confusables_data.get(letter, []):
        shown = str(twin["c"])
        if shown.isascii() and shown.isalpha() and shown.lower() != letter.lower():
            return shown.lower()
    return None


def final(look: str) -> str:
    """A look in which no letter is left that has a look of its own."""
    return "".join(OWN.get(letter, letter) for letter in look)


def rows() -> list[tuple[str, str, str]]:
    """Small letter, what it looks like, and who says so; in code point order."""
    found = {letter: (look, "own") for letter, look in OWN.items()}
    for code in range(0x80, 0x2C80):
        letter = chr(code)
        name = unicodedata.name(letter, "")
        if letter in found or not (name.startswith(SCRIPTS) and letter.islower()):
            continue
        if look := looks(letter):
            found[letter] = (final(look), "UTS 39")
        elif len(letter.upper()) == 1 and (look := looks(letter.upper())):
            # Greek and Cyrillic capital I look like l, and stand for i.
            found[letter] = (final(look), "UTS 39, capitals")
    return [(letter, *found[letter]) for letter in sorted(found)]


if __name__ == "__main__":
    path = Path(__file__).parent / "confusables.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows())
