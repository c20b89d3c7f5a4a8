"""The advertisers with most flagged ads, with the range of spend beside each bar."""

from matplotlib.figure import Figure

from reports.clean import clean
from reports.database import Facts, Row
from reports.figure import BLUE, GREY, INK, WIDTH, ChartText, place, text_width
from reports.language import Language
from reports.naming import advertiser

ROW, HEAD, MOST_LEFT, LONGEST_NAME = 0.3, 0.22, 2.6, 34
# Tells a name in Arabic letters where the line begins.
LEFT_TO_RIGHT = "\u200e"


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The advertiser with most flagged ads as title."""
    say, key = facts.say, "charts.top_advertisers"
    groups = by_advertiser(rows)
    top = groups[0][0]
    counts = [group[0]["flagged_ads_count"] for group in groups]
    is_even = counts.count(counts[0]) > 1
    title = say(
        f"{key}.title{'_even' if is_even else ''}",
        advertiser=name_of(top, facts),
        ads=say.count(top["flagged_ads_count"], "flagged_ad"),
    )
    lines = [
        f"{name_of(group[0], facts)}: {say.number(group[0]['flagged_ads_count'])}"
        for group in groups
    ]
    alt = say(f"{key}.alt", lines="; ".join(lines))
    return ChartText(title, say(f"{key}.caption"), alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """One bar for each advertiser, its count inside the line and its spend behind."""
    say, groups = facts.say, by_advertiser(rows)
    names = [LEFT_TO_RIGHT + clean(name_of(group[0], facts)) for group in groups]
    ranges = [spend_of(group, say) for group in groups]
    left = min(max(text_width(figure, name, 8) for name in names) + 0.1, MOST_LEFT)
    about = say("charts.top_advertisers.spend")
    right = max(text_width(figure, text, 7.5) for text in [about, *ranges]) + 0.1
    figure.set_figheight(HEAD + ROW * len(groups) + 0.05)
    width = max(WIDTH - left - right - 0.35, 0.8)
    axes = place(figure, left, HEAD, width, ROW * len(groups))
    highest = max(group[0]["flagged_ads_count"] for group in groups)
    axes.set_xlim(0, highest * 1.14)
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.axis("off")
    for line, (group, name, text) in enumerate(zip(groups, names, ranges, strict=True)):
        count = group[0]["flagged_ads_count"]
        axes.barh(line, count, height=0.62, color=BLUE)
        axes.annotate(say.number(count), (count, line), xytext=(3, 0), size=8,
                      textcoords="offset points", va="center", weight="bold",
                      color=INK)  # fmt: skip
        axes.annotate(name, (0, line), xytext=(-5, 0), size=8, ha="right",
                      textcoords="offset points", va="center", color=INK)  # fmt: skip
        axes.annotate(text, (1, line), xycoords=("axes fraction", "data"), size=7.5,
                      xytext=(8, 0), textcoords="offset points", va="center",
                      color=INK)  # fmt: skip
    axes.annotate(about, (1, -0.5), size=7.5,
                  xycoords=("axes fraction", "data"), xytext=(8, 3),
                  textcoords="offset points", va="bottom", color=GREY)  # fmt: skip
    axes.annotate(say("charts.flagged_ads"), (0, -0.5), size=7.5, xytext=(0, 3),
                  textcoords="offset points", va="bottom", color=GREY)  # fmt: skip


def by_advertiser(rows: list[Row]) -> list[list[Row]]:
    """The rows in groups of one advertiser, in their order."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["library"], row["advertiser_id"]), []).append(row)
    return list(groups.values())


def name_of(row: Row, facts: Facts) -> str:
    """The advertiser's name as it may be printed, in short."""
    return advertiser(row, facts, LONGEST_NAME)


def spend_of(group: list[Row], say: Language) -> str:
    """The ranges of spend of one advertiser, currency by currency."""
    known = [
        say.short_bounds(row["spend_min"], row["spend_max"], row["currency_code"])
        for row in group
        if row["currency_code"]
    ]
    return "; ".join(known) or say("range.unknown")
