"""The tables of invented wording and how one row becomes the text of one ad."""

import csv
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SLOT = re.compile(r"\{(\w+)\}")

# Alphabet of 1958, letter by letter (seeds/lexicon uses the same table).
LATIN = "aəbcçdefgğhxıijkqlmnoöprsştuüvyz"
CYRILLIC = "аәбҹчдефҝғһхыижкглмноөпрсштуүвјз"
TO_CYRILLIC = str.maketrans(
    LATIN + "AƏBCÇDEFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ",
    CYRILLIC + "АӘБҸЧДЕФҜҒҺХЫИЖКГЛМНОӨПРСШТУҮВЈЗ",
)
TO_ASCII = str.maketrans("əıöüçşğƏİÖÜÇŞĞ", "eioucsgEIOUCSG")

PHONES = {
    "AZ": "+994 12 000 00 {}",
    "GE": "+995 000 00 00 {}",
    "TR": "+90 000 000 00 {}",
    "RU": "+7 000 000-00-{}",
    "EU": "+49 000 0000{}",
}


@dataclass(frozen=True)
class Template:
    """One row of `texts/*.csv`: a wording and what it was invented as."""

    text_id: str
    text_class: str
    code: str
    severity: str
    language: str
    topic: str
    reach: str
    season: str
    ads_count: int
    body: str
    title: str
    note: str


@dataclass(frozen=True)
class Advertiser:
    """One row of `advertisers.csv`; no such page exists."""

    page_id: str
    page_name: str
    renamed_to: str
    funder: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    home: str
    domain: str
    currency: str


def templates() -> list[Template]:
    """Every row of `texts/*.csv`, files in the order of their names."""
    return [
        Template(
            text_class=row.pop("class"),
            ads_count=int(row.pop("ads")),
            **row,
        )
        for path in sorted((HERE / "texts").glob("*.csv"))
        for row in table(path)
    ]


def advertisers() -> list[Advertiser]:
    """Every row of `advertisers.csv`."""
    return [
        Advertiser(
            topics=tuple(row.pop("topics").split()),
            languages=tuple(row.pop("languages").split()),
            **row,
        )
        for row in table(HERE / "advertisers.csv")
    ]


def table(path: Path) -> list[dict[str, str]]:
    """Rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def wording(
    text: str, language: str, home: str, started: date, rng: random.Random
) -> str:
    """The text with its slots filled and its spelling applied."""
    short = language.split("-")[0]

    def value(match: re.Match[str]) -> str:
        slot = match.group(1)
        if slot == "date":
            return day_name(started + timedelta(days=rng.randint(6, 25)), short)
        if slot == "phone":
            return PHONES[home].format(rng.randint(10, 99))
        return rng.choice(slot_values(slot, short))

    return respelled(SLOT.sub(value, text), language)


def slot_values(slot: str, language: str) -> list[str]:
    """Values of a slot in a language, or those that suit every language."""
    return SLOTS.get((slot, language)) or SLOTS[slot, ""]


def day_name(day: date, language: str) -> str:
    """Day and month as a reader writes them: `15 mart`, `15 марта`."""
    months = SLOTS["month", language][0].split()
    return f"{day.day} {months[day.month - 1]}"


def respelled(text: str, language: str) -> str:
    """Azerbaijani in Cyrillic or without diacritics; other languages as they are."""
    if language == "az-Cyrl":
        return text.translate(TO_CYRILLIC)
    if language == "az-ascii":
        return text.translate(TO_ASCII)
    return text


def read_slots() -> dict[tuple[str, str], list[str]]:
    """Slot values by (slot, language); language is empty where any will do."""
    values: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in table(HERE / "slots.csv"):
        values[row["slot"], row["language"]].append(row["value"])
    return dict(values)


SLOTS = read_slots()
