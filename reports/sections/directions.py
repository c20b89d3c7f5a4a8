"""Hostile rhetoric in both directions, counted with the same codes."""

from reports.blocks import Block, heading, lead, paragraph, table
from reports.edition import Edition
from reports.sections.apart import first_texts


def blocks(edition: Edition) -> list[Block]:
    """Counts toward and by Azerbaijan, then the other direction and peaceful cases."""
    say, counts = edition.facts.say, edition.facts.counts
    by_az = counts["by_az_ads_count"]
    text = say(
        "apart.directions_text",
        toward=say.count(counts["flagged_ads_count"], "ad"),
        by_az=say.count(by_az, "ad"),
    )
    found = [paragraph(text)]
    rows = [
        [row["code"], say.code_name(row["code"]), say.number(row["toward_ads_count"]),
         say.number(row["by_az_ads_count"])]
        for row in edition.table("directions")
    ]  # fmt: skip
    if rows:
        head = say.entry("apart.direction_head")
        found += [table(head, rows, [0, 1.4, 1, 1], "23")]
    found.append(heading(say("apart.by_az_heading")))
    if by_az:
        said = say("apart.by_az_note", ads=say.count(by_az, "ad"))
        found += [lead(said), *first_texts(edition, "by_az", by_az)]
    else:
        found.append(paragraph(say("apart.by_az_none")))
    count = counts["challenge_ads_count"]
    ads = say.count(count, "ad")
    said = say.of(count, f"apart.challenge{'' if count else '_none'}", ads=ads)
    return [*found, heading(say("apart.challenge_heading")), paragraph(said)]
