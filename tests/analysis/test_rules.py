"""Every rule flags its own examples and leaves its counter-examples alone."""

import csv
from pathlib import Path

from tests.analysis.model_case import of_texts

EXAMPLES = Path("seeds/rule_examples.csv")
FLAGGED = """
select distinct cast(ad_texts.ad_id as integer), rule_flags.rule_id
from flags.rule_flags inner join text.ad_texts using (text_hash)
where rule_flags.verdict = 'threat'
"""


def test_every_rule_flags_its_examples_and_no_counter_example() -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        examples = list(csv.DictReader(file))
    connection = of_texts([row["text"] for row in examples], ["flags.rule_flags"])
    flagged = set(connection.execute(FLAGGED).fetchall())
    wrong = [
        f"{row['rule_id']} is_match={row['is_match']}: {row['text']}"
        for number, row in enumerate(examples)
        if ((number, row["rule_id"]) in flagged) != (row["is_match"] == "true")
    ]
    assert not wrong, "\n".join(wrong)


def test_every_rule_has_two_examples_of_each_kind() -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        kinds = [(row["rule_id"], row["is_match"]) for row in csv.DictReader(file)]
    with Path("seeds/rules.csv").open(encoding="utf-8", newline="") as file:
        rules = [row["rule_id"] for row in csv.DictReader(file)]
    few = [
        (rule, kind)
        for rule in rules
        for kind in ("true", "false")
        if kinds.count((rule, kind)) < 2
    ]
    assert not few


QUOTED = {
    "Bakını bombalayacağıq, vaxt gəlib.": "threat",
    "«Мы разбомбим всё, Азербайджан» — так в письме, которое нам пришло.": "reported",
    "«Мы разбомбим всё, Азербайджан» ‖ Подписаться": "threat",
    "Наш «Орешник» летит на Баку.": "threat",
}


def test_a_quotation_inside_a_text_is_anothers_voice() -> None:
    connection = of_texts(list(QUOTED), ["flags.rule_verdicts"])
    said = connection.execute(
        "select rule_verdict from text.ad_texts "
        "left join flags.rule_verdicts using (text_hash) order by ad_id"
    ).fetchall()
    assert [verdict for (verdict,) in said] == list(QUOTED.values())


def test_a_pattern_may_give_only_the_end_of_a_word() -> None:
    texts = ["Sabah ora gedəcəyik.", "Sabah ora gedəcəklər."]
    connection = of_texts(texts, ["hits.term_hits"])
    found = connection.execute(
        "select ad_id from text.ad_texts inner join hits.term_hits using (text_hash) "
        "where concept = 'speaker_we'"
    ).fetchall()
    assert found == [("0",)]
