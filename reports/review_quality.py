"""What people who reviewed ads found: how far they agree, how often flags are right."""

from reports.clean import clean
from reports.database import Row
from reports.words import HARD_NEGATIVES, language_name, listed, plural

MOST_NAMED = 20

QUESTIONS = {
    "precision": "of the flags that people reviewed, how many are threats",
    "recall": "of the threats, how many are flagged, by a weighted random sample",
    "prevalence": "of the codings of the text alone, how many say threat",
    "alpha": "agreement of coders beyond chance, on {variable}",
    "raw agreement": "pairs of coders who said the same, on {variable}",
    "false flags": "harmless texts of this class that are flagged",
    "agreement with oneself": "texts coded again, blind, with the same result",
}
WORDINGS = {
    "publish": "may be published",
    "tentative": "tentative: say so beside it",
    "do not publish": "not to be published",
    "not established": "not established",
}


def review_quality(rows: list[Row]) -> list[list[str]]:
    """One line per figure: of what, its question, value, texts, coders, and standing.

    Empty before any review. Alpha by language stands for the flag only.
    """
    return [
        [clean(cell) for cell in line(row)]
        for row in rows
        if row["group_name"] == "all" or row["review_variable"] == "flag"
    ]


def taken_back(ads: list[Row]) -> str:
    """Which ads are no flags any more, or none yet, because people said so."""
    parts = []
    for verdict, what in (
        (
            "reviewed_no",
            "People found no threat in {ads} that the program flags or doubts",
        ),
        ("contested", "Coders differ on {ads}, not counted as flagged"),
    ):
        ids = [ad["ad_id"] for ad in ads if ad["text_verdict"] == verdict]
        if ids:
            named = listed(ids[:MOST_NAMED])
            more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
            parts.append(f"{what.format(ads=plural(len(ids), 'ad'))}: {named}{more}.")
    return clean(" ".join(parts))


def line(row: Row) -> list[str]:
    """One figure in words."""
    question = QUESTIONS[row["review_measure"]]
    return [
        group(row["group_name"]),
        question.format(variable=row["review_variable"]),
        figure(row),
        f"{row['texts_count']:,}",
        f"{row['coders_count']:,}",
        WORDINGS.get(row["reliability"] or "", ""),
    ]


def group(name: str) -> str:
    """Which texts: all, those of a language, or of a class of hard negatives."""
    kind, _, which = name.partition(" ")
    if kind == "language":
        return language_name(which)
    if kind == "class":
        return f"{which}: {HARD_NEGATIVES.get(which, 'unknown class')}"
    return "All texts"


def figure(row: Row) -> str:
    """Alpha with two decimals, shares in per cent; an interval where one is known."""
    value, low, high = (row[f"review_{name}"] for name in ("value", "low", "high"))
    if value is None:
        return "not known"
    is_alpha = row["review_measure"] == "alpha"
    shown = [
        f"{number:.2f}" if is_alpha else f"{100 * number:.0f}"
        for number in (value, low, high)
        if number is not None
    ]
    interval = f" ({shown[1]} to {shown[2]})" if len(shown) == 3 else ""
    return f"{shown[0]}{'' if is_alpha else ' %'}{interval}"
