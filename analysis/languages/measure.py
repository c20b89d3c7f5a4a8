"""Recall, confusions and speed: python -m analysis.languages.measure FILE.

FILE is a CSV like tests/analysis/languages_test.csv, or a Parquet with text, lang,
script and variant.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from analysis.languages.identify import LANGUAGES, OTHER
from analysis.languages.opinion import Judged, judged_all

Row = tuple[str, str, str]  # language, group, text


def rows(path: Path) -> list[Row]:
    """Language, group and text of each row; mixed texts and word pairs left out."""
    if path.suffix == ".parquet":
        table = pq.read_table(path).to_pylist()
        return [
            (_language(row), f"{row['script']} {row['variant']}", row["text"])
            for row in table
            if not row.get("excluded") and row["variant"] != "wordpair"
        ]
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["language_codes"],
                f"{row['script_code']} {row['variant']}",
                row["text"],
            )
            for row in csv.DictReader(file)
            if row["variant"] != "mixed"
        ]


def _language(row: dict[str, str]) -> str:
    if row["variant"].startswith("azb"):
        return "azb"
    return row["lang"] if row["lang"] in LANGUAGES else OTHER


def report(given: list[Row]) -> str:
    """A Markdown table per language and group, then what the certainty is worth."""
    started = time.process_time()
    found = list(judged_all([text for _, _, text in given]))
    speed = len(given) / (time.process_time() - started)
    groups: dict[tuple[str, str], Counter[str | None]] = {}
    for (language, group, _), answer in zip(given, found, strict=True):
        groups.setdefault((language, group), Counter())[answer.language] += 1
    lines = ["| language | texts | n | recall | taken for |", "|---|---|---|---|---|"]
    for (language, group), answers in sorted(groups.items()):
        count, right = answers.total(), answers.pop(language, 0)
        wrong = ", ".join(f"{name} {n}" for name, n in answers.most_common(4))
        lines.append(
            f"| {language} | {group} | {count} | {100 * right / count:.1f} | {wrong} |"
        )
    return "\n".join([*lines, "", *_certainty(given, found), f"{speed:.0f} texts/s"])


def _certainty(given: list[Row], found: list[Judged]) -> list[str]:
    parts: dict[str, list[bool]] = {}
    for (language, _, _), answer in zip(given, found, strict=True):
        sure = answer.is_certain and answer.second_language is None
        name = "sure" if sure else "agreed" if answer.is_certain else "disagreed"
        if answer.second_language is None and not sure:
            name = "unsure, nobody asked"
        parts.setdefault(name, []).append(answer.language == language)
        if name == "disagreed":
            second = answer.second_language == language
            parts.setdefault("second, disagreed", []).append(second)
    return [
        f"{name}: {len(right)} texts, {100 * sum(right) / len(right):.1f} % right"
        for name, right in parts.items()
    ]


if __name__ == "__main__":
    sys.stdout.write(report(rows(Path(sys.argv[1]))) + "\n")
