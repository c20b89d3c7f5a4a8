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
