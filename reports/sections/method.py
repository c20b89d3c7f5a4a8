"""How a flag comes about, what it is not, and the rules in force."""

from reports.blocks import (
    Block,
    Cell,
    bullets,
    heading,
    lead,
    linked,
    paragraph,
    steps,
    table,
)
from reports.database import Facts, Row
from reports.edition import Edition
from reports.language import Language


def blocks(edition: Edition) -> list[Block]:
    """The method in words, then the table of rules."""
    facts, say = edition.facts, edition.facts.say
    numbers = {
        "labels": say.count(facts.counts["labels_count"], "labelled_text"),
        "threat": say.score(facts.threat_threshold),
        "review": say.score(facts.review_threshold),
    }
    flag_list = [item.format(**numbers) for item in say.entry("method.flag_list")]
    decide_list = [item.format(**numbers) for item in say.entry("method.decide_list")]
    model = say(
        "method.model",
        scored=scored(facts),
        model=facts.model_version,
        version=facts.labels_version,
        labels=numbers["labels"],
    )
    return [
        heading(say("method.flag_heading")),
        paragraph(say("method.flag")),
        bullets(flag_list),
        heading(say("method.decide_heading")),
        steps(decide_list),
        paragraph(model),
        heading(say("method.not_heading")),
        paragraph(say("method.not_text")),
        heading(say("method.rules_heading")),
        *rules(edition.table("rules"), say),
    ]


def scored(facts: Facts) -> str:
    """How many texts have a score, and what holds where none has."""
    say, count = facts.say, facts.counts["scored_texts_count"]
    if not count:
        return say("method.not_scored")
    texts = say.count(facts.counts["texts_count"], "distinct_text")
    return say("method.scored", count=say.number(count), texts=texts)


def rules(rows: list[Row], say: Language) -> list[Block]:
    """One line for each rule in force."""
    if not rows:
        return [paragraph(say("method.rules_none"))]
    lines: list[list[Cell]] = [
        [
            linked(rule["rule_id"], ""),
            f"{rule['code']}: {say.own(rule, 'rule_title')}",
            str(rule["severity"]),
            say.number(rule["flagged_ads_count"] or 0),
            say.own(rule, "known_false_positives") or say("method.rules_false"),
        ]
        for rule in rows
    ]
    head = say.entry("method.rules_head")
    said = say("method.rules_note", experimental=experimental(rows, say))
    return [lead(said), table(head, lines, [1.2, 2, 0, 0, 1.6], "23")]


def experimental(rules: list[Row], say: Language) -> str:
    """Names the rules that are still on trial."""
    ids = [rule["rule_id"] for rule in rules if rule["rule_status"] == "experimental"]
    if not ids:
        return say("method.experimental_none")
    if len(ids) == len(rules):
        return say("method.experimental_all", count=len(ids))
    names = say.listed(ids)
    return say("method.experimental_some", count=len(ids), total=len(rules), ids=names)
