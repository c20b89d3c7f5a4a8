"""The report in one language: its fixed words, numbers, dates and ranges.

The words are data, `words/<language>.toml`; nothing in them is stronger than the
codebook. Texts of ads never pass through here.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
LANGUAGES = tuple(sorted(path.stem for path in WORDS.glob("*.toml")))
Number = Decimal | float | int


@dataclass(frozen=True)
class Language:
    """The words of one language and the ways in which it writes values."""

    code: str
    words: dict[str, Any]

    def __call__(self, key: str, **fields: object) -> str:
        """The sentence of a dotted key, its fields filled in."""
        text: str = self.entry(key)
        return text.format(**fields) if fields else text

    def entry(self, key: str) -> Any:
        """What stands under a dotted key: a sentence, a list or a table."""
        found: Any = self.words
        for part in key.split("."):
            found = found[part]
        return found

    def name(self, table: str, code: str | int | None, default: str = "") -> str:
        """The name of a code in one of the tables of names, else `default`."""
        names: dict[str, str] = self.entry(table)
        return names.get(str(code), default)

    def of(self, count: int, key: str, **fields: object) -> str:
        """The sentence of a key, or its `_one` form where it is about one thing."""
        one = f"{key}_one"
        parent, _, last = one.rpartition(".")
        has_one = count == 1 and last in self.entry(parent)
        return self(one if has_one else key, **fields)

    def own(self, row: dict[str, Any], column: str) -> str:
        """A text that a row may have in our language, else the English one."""
        return str(row.get(f"{column}_{self.code}") or row[column] or "")

    def evidence_value(self, text: str) -> str:
        """What evidence rests on; phrases of the analysis in our words."""
        number = r"\d+(?:\.\d+)?"
        phrase = self.name("evidence_values", re.sub(number, "#", text))
        if not phrase:
            return text
        for found in re.findall(number, text):
            phrase = phrase.replace("#", found.replace(".", self("number.decimal")), 1)
        return phrase

    def number(self, value: Number, digits: int = 0) -> str:
        """A number with its thousands apart, rounded to some digits."""
        text = f"{value:,.{digits}f}"
        marks = {",": self("number.thousands"), ".": self("number.decimal")}
        signed = text.replace("-", "\u2212")
        return "".join(marks.get(sign, sign) for sign in signed)

    def amount(self, value: Number | None) -> str:
        """A sum of money, with decimals only where there are any."""
        exact = Decimal(str(value or 0))
        return self.number(exact, 0 if exact == exact.to_integral_value() else 2)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 in per cent."""
        return self("number.percent", value=self.number(share * 100, digits))

    def count(self, count: int, noun: str) -> str:
        """A count with its noun, `1 ad`, `2,000 ads`."""
        one, many = self.entry(f"nouns.{noun}")
        return f"{self.number(count)}\u00a0{one if count == 1 else many}"

    def listed(self, items: list[str]) -> str:
        """Items as a sentence joins them, `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('number.and')} {items[-1]}"

    def written(self, day: date | None) -> str:
        """A date as it is printed, `3 September 2025`."""
        if day is None:
            return self("number.not_given")
        return f"{day.day}\u00a0{self.entry('number.months')[day.month - 1]} {day.year}"

    def short_date(self, day: date | None) -> str:
        """A date where room is short, `3 Sep 2025`."""
        if day is None:
            return self("number.not_given")
        month = self.entry("number.short_months")[day.month - 1]
        return f"{day.day}\u00a0{month} {day.year}"

    def moment(self, at: datetime | None) -> str:
        """A time of day in UTC with its date."""
        if at is None:
            return self("number.not_given")
        return f"{self.written(at)}, {at:%H:%M} UTC"

    def days(self, first: date | None, last: date | None) -> str:
        """A span of days, the two ends included."""
        if first is None or last is None:
            return self("number.not_given")
        return self("number.days", first=self.written(first), last=self.written(last))

    def bounds(self, low: Number | None, high: Number | None, unit: str = "") -> str:
        """A range in words that keeps an open end open."""
        key = range_key(low, high)
        text = self(
            f"range.{key}", low=self.amount(low), high=self.amount(high), unit=unit
        )
        return re.sub(r" +(?=[,.;)]|$)", "", re.sub(r"  +", " ", text))

    def short_bounds(self, low: Number | None, high: Number | None, unit: str) -> str:
        """A range as a table has room for, `0 to 99 USD`, an open end still open."""
        key = range_key(low, high)
        text = self(
            f"short_range.{key}",
            low=self.amount(low),
            high=self.amount(high),
            unit=unit,
        )
        return re.sub(r"  +", " ", text).strip()

    def score(self, value: float) -> str:
        """A score or a threshold with a true minus sign."""
        return self.number(value, 3)

    def difference(self, now: int, before: int) -> str:
        """How many more or fewer than before."""
        if now == before:
            return self("change.same")
        key = "more" if now > before else "fewer"
        return self(f"change.{key}", count=self.number(abs(now - before)))

    def code_name(self, code: str) -> str:
        """The codebook's name of a code."""
        return self.name("codes", code, self("codes.unknown"))

    def severity_name(self, severity: int | None) -> str:
        """A severity as number and name, `3 explicit`."""
        if severity is None:
            return self("severities.none")
        return f"{severity} {self.name('severities', severity)}".strip()

    def library_name(self, library: str) -> str:
        """The library's own name."""
        return self.name("libraries", library, library)

    def language_name(self, code: str | None) -> str:
        """The name of a language, with its script where that is unusual."""
        if not code:
            return self("languages.none")
        language, _, script = code.partition("-")
        name = self.name("languages", language, self("languages.other", code=language))
        return f"{name} {self.name('scripts', script.lower())}".strip()

    def audience_sentence(self, level: int | None, evidence: list[str]) -> str:
        """The wording that the codebook, section 5.2, allows for a level."""
        ids = {item.split()[0] for item in evidence if item.strip()}
        if level == 4 and ids & {"E1", "E3"}:
            return self("levels.4_targeted")
        return self(f"levels.{level or 0}")


def range_key(low: Number | None, high: Number | None) -> str:
    """Which ends of a range are known."""
    if low is None:
        return "unknown" if high is None else "upper"
    if high is None:
        return "lower"
    return "exact" if low == high else "both"


@cache
def language(code: str) -> Language:
    """The language of a code in `LANGUAGES`."""
    with (WORDS / f"{code}.toml").open("rb") as file:
        return Language(code, tomllib.load(file))


def safe_url(url: str | None) -> str:
    """`url` when it is a plain https address that a reader may follow, else nothing."""
    return url if url and re.fullmatch(r"https://[!-~]{1,500}", url) else ""
