"""Records, sheets and printed texts: any input is read or refused, none does harm."""

import csv
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from analysis.desk.query import FORMULA, safe
from analysis.review.decisions import COLUMNS, Decision, ReviewError, decision_from
from analysis.review.files import decisions_in, written
from analysis.review.sheet import SHEET_COLUMNS, coded_rows
from collectors.ads import AD_SCHEMA, RUN_FIELDS
from collectors.errors import UnreadableRecord
from collectors.table_record import ad as table_ad
from collectors.table_record import mapping_problem
from reports.clean import clean, marked
from tests.analysis.test_review import decision
from tests.collectors import test_properties as properties
from tests.faults.conftest import Ledger, Tries
from tests.faults.test_fuzz_texts import texts

FIELDS = {
    name: field
    for name, field in properties.TABLE_MAPPING["fields"].items()
    if name != "delivery_regions"
}
MAPPING = {
    **properties.TABLE_MAPPING,
    "fields": FIELDS,
    "null_values": ["-"],
    "constants": {"status": "gone"},
    "targets": [{"column": "text", "kind": "interest"}],
}
ROW = {**properties.TABLE_AD, "day": "2020"}
PARSERS = {
    **properties.PARSERS,
    "table": (lambda raw: table_ad(raw, MAPPING), ROW),
}
CONTENT = pa.schema([field for field in AD_SCHEMA if field.name not in RUN_FIELDS])
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ODD: list[Any] = [
    None, True, -1, 0, 2**70, 1.5, float("inf"), "", " ", "NaN", "1e400", "9" * 400,
    "<1000", "10k-", "≤ 10k", "2026-02-30", "\ud800", "=1+1", "‮", [], {}, [[]],
    {"lower_bound": "x"}, ["a", None], {"": ""},
]  # fmt: skip
HIDING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every value inside a record."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = []
    for key, below in inner:
        found += [(*at, key), *places(below, (*at, key))]
    return found


def mutated(whole: Any, chance: random.Random) -> Any:
    """A record with up to three values lost, doubled or replaced by anything."""
    found = json.loads(json.dumps(whole))
    for _ in range(chance.randrange(1, 4)):
        ways = places(found)
        if not ways:
            break
        *path, last = chance.choice(ways)
        inside = found
        for key in path:
            inside = inside[key]
        kind = chance.randrange(4)
        if kind == 0 and isinstance(inside, dict):
            del inside[last]
        elif kind == 1 and isinstance(inside[last], str):
            inside[last] = next(texts(1, chance))
        elif kind == 2:
            inside[last] = [inside[last]]
        else:
            inside[last] = deepcopy(chance.choice(ODD))
    return found


def assert_read_or_refused(
    parse: Callable[[dict[str, Any]], dict[str, Any]], raw: dict[str, Any]
) -> bool:
    """Whether a record is read; what is read fits the schema, its ranges in order."""
    told = json.dumps(raw)
    try:
        record = parse(raw)
    except UnreadableRecord:
        return False
    pa.Table.from_pylist([record], schema=CONTENT)
    for measure in ("spend", "impressions", "reach", "audience_size"):
        low, high = record[f"{measure}_min"], record[f"{measure}_max"]
        assert low is None or high is None or low <= high, told
    return True


@pytest.mark.parametrize("name", PARSERS)
def test_mutated_records_are_read_or_refused(
    name: str, tries: Tries, ledger: Ledger
) -> None:
    parse, whole = PARSERS[name]
    chance, count = random.Random(name), tries(300, 12_000)
    read = sum(
        assert_read_or_refused(parse, mutated(whole, chance)) for _ in range(count)
    )
    assert 0 < read < count
    ledger.add(f"records: {name}", count, 0, "read or refused with the field")


SAMPLE_RECORDS = {
    "meta": "meta*/**/*.json",
    "linkedin": "linkedin*/**/*.json",
}


def recorded(name: str) -> list[dict[str, Any]]:
    """The records in a library's recorded answers; none where they are absent."""
    found: list[dict[str, Any]] = []
    for path in sorted(SAMPLES.glob(SAMPLE_RECORDS[name])):
        try:
            answer = json.loads(path.read_bytes())
        except ValueError:
            continue
        for key in ("data", "value", "elements"):
            inner = answer.get(key) if isinstance(answer, dict) else None
            inner = inner.get("ads") if isinstance(inner, dict) else inner
            found += [item for item in inner or [] if isinstance(item, dict)]
    return found


@pytest.mark.parametrize("name", SAMPLE_RECORDS)
def test_mutated_recorded_answers_are_read_or_refused(
    name: str, tries: Tries, ledger: Ledger
) -> None:
    records = recorded(name)
    if not records:
        pytest.skip(f"no recorded answers of {name}")
    chance, count = random.Random(name), tries(200, 8_000)
    for _ in range(count):
        raw = mutated(chance.choice(records), chance)
        assert_read_or_refused(PARSERS[name][0], raw)
    ledger.add(f"recorded answers: {name}", count, 0, "read or refused with the field")


def test_any_mapping_of_a_table_is_refused_or_reads(
    tries: Tries, ledger: Ledger
) -> None:
    chance, count = random.Random(20), tries(300, 20_000)
    for _ in range(count):
        mapping = mutated(MAPPING, chance)
        problem = mapping_problem(mapping)
        assert problem is None or problem
        if problem is None:
            raw = {**ROW}
            assert_read_or_refused(partial(table_ad, mapping=mapping), raw)
    ledger.add("table mappings", count, 0, "refused, or they read")


def test_any_line_of_decisions_is_read_or_refused(tries: Tries, ledger: Ledger) -> None:
    chance, count, read = random.Random(21), tries(500, 40_000), 0
    refused: list[str] = []
    whole = decision().row()
    for _ in range(count):
        row = {**whole, chance.choice(COLUMNS): str(chance.choice([*ODD, "2", "V9"]))}
        if chance.random() < 0.5:
            row["review_note"] = next(texts(1, chance))
        try:
            found: Decision = decision_from(row, "line 2")
        except ReviewError as error:
            refused.append(str(error))
            continue
        read += 1
        assert not found.review_note.startswith(("=", "+", "-", "@"))
        name = Path(f"decisions-{found.coder_id}.csv")
        if not found.is_withdrawn:
            assert decisions_in(written([found], with_head=True), name) == [found]
    assert read
    assert all("line 2" in told for told in refused)
    ledger.add("review: decisions", count, 0, "read and written alike, or refused")


def test_any_sheet_is_read_or_refused(
    tmp_path: Path, tries: Tries, ledger: Ledger
) -> None:
    chance, count, path = random.Random(22), tries(300, 15_000), tmp_path / "s.csv"
    read: list[set[str]] = []
    refused: list[str] = []
    for _ in range(count):
        text = io.StringIO()
        lines = csv.writer(text, delimiter=chance.choice(",;"))
        lines.writerow(SHEET_COLUMNS)
        lines.writerow([next(texts(1, chance)) for _ in SHEET_COLUMNS])
        content = bytearray(text.getvalue().encode())
        for _ in range(chance.choice((0, 0, 1, 5))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            read += [set(row) for _, row in coded_rows(path)]
        except ReviewError as error:
            refused.append(str(error))
    assert read
    assert all(row == set(SHEET_COLUMNS) for row in read)
    assert all(path.name in told for told in refused)
    ledger.add("review: sheets", count, 0, "read or refused")


def test_cleaned_texts_hide_nothing_and_lose_nothing(
    tries: Tries, ledger: Ledger
) -> None:
    chance, count = random.Random(23), tries(1_000, 60_000)
    for text in texts(count, chance):
        shown = clean(text)
        assert not re.search(r"[\n\r\t]", shown), ascii(text)
        for sign in shown:
            is_joiner = sign in "\u200b\u200c\u200d"
            is_hiding = unicodedata.category(sign) in HIDING
            assert is_joiner or not is_hiding, (ascii(text), ascii(sign))
        words = re.findall(r"\w+", text)[:2]
        pieces = marked(text, words)
        assert all(not re.search(r"[\n\r\t]", str(piece["text"])) for piece in pieces)
    ledger.add("reports: cleaning", count, 0, "no hidden sign, no line break")


def test_no_cell_is_a_formula(tries: Tries, ledger: Ledger) -> None:
    chance, count = random.Random(24), tries(1_000, 60_000)
    for text in texts(count, chance):
        cell = safe(chance.choice(("", "=", "@", "\t-", "\r", "＝")) + text)
        assert not cell.startswith(FORMULA), ascii(text)
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", cell), ascii(text)
    ledger.add("query: cells", count, 0, "no formula, no control sign")
