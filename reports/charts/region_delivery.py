"""A map of Azerbaijan: flagged ads by the region where they were delivered."""

import json
from math import cos, radians
from pathlib import Path as FilePath
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from reports.database import Facts, Row
from reports.figure import INK, WIDTH, ChartText, place, text_width
from reports.language import Language

SHADES = ("#C6DBEF", "#85BCDB", "#4A90C2", "#1D63A5", "#08306B")
LIMITS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
ZERO = {"fc": "#F5F1E6"}
NO_DATA = {"fc": "white", "hatch": "///////"}
HEIGHT, MOST_LABELS = 3.9, 6
# Where a name may stand, in points from its district; the first free place is taken.
SHIFTS = ((0, 0), (0, 13), (0, -13), (34, 6), (34, -10), (-34, 8), (-34, -10), (0, 26))
# Of a district smaller than this, in square degrees, the name stands beside it.
SMALL = 0.03
LEADER = {"arrowstyle": "-", "lw": 0.6, "shrinkB": 0}


def words(rows: list[Row], facts: Facts) -> ChartText:
    """The region with most flagged ads as title."""
    say, key = facts.say, "charts.region_delivery"
    top = max(rows, key=lambda row: (row["flagged_ads_count"], row["region_code"]))
    flagged = [row for row in rows if row["flagged_ads_count"]]
    counts = [
        f"{row['region_name']} {say.number(row['flagged_ads_count'])}"
        for row in flagged
    ]
    totals = [row["flagged_ads_count"] for row in rows]
    is_even = totals.count(top["flagged_ads_count"]) > 1
    title = say(
        f"{key}.title{'_even' if is_even else ''}",
        some=say.number(len(flagged)),
        all=say.number(len(rows)),
        region=top["region_name"],
        ads=say.count(top["flagged_ads_count"], "ad"),
    )
    return ChartText(
        title if flagged else say(f"{key}.none"),
        say(f"{key}.caption", reach=reach_of(top, say)),
        say(f"{key}.alt", counts=say.listed(counts) or say(f"{key}.none")),
    )


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """Districts shaded by count, hatched without data, the highest by name."""
    figure.set_figheight(HEIGHT)
    counts = {row["region_code"]: row["flagged_ads_count"] for row in rows}
    edges = class_edges(max(counts.values()))
    handles = key_handles(edges, facts.say)
    widest = max(text_width(figure, str(key.get_label()), 7.5) for key in handles)
    axes = place(figure, 0.05, 0, WIDTH - 0.6 - widest, HEIGHT)
    axes.set_aspect(1 / cos(radians(40.3)))
    axes.axis("off")
    centres = {}
    districts = json.loads(
        FilePath(__file__).with_name("az_districts.geojson").read_text("utf-8")
    )
    for district in districts["features"]:
        own = district["properties"]
        code = own["region_code"]
        count = counts.get(code, counts.get(own["parent_code"]))
        outline, centres[code] = outline_of(district["geometry"]["coordinates"])
        # Cities lie inside districts, so the small ones are drawn last.
        order = 3 if len(outline) < 30 else 2
        axes.add_patch(
            PathPatch(outline, ec="#6A6A6A", lw=0.4, zorder=order, **fill(count, edges))
        )
    centres["AZ-NX"] = centres["AZ-BAB"]
    axes.autoscale_view()
    axes.legend(
        handles=handles, loc="upper left",
        bbox_to_anchor=(0.99, 1), title=facts.say("charts.flagged_ads"),
        alignment="left", labelspacing=0.55,
    )  # fmt: skip
    draw_names(axes, facts.say, rows, centres)


def outline_of(polygons: list[Any]) -> tuple[Path, tuple[float, ...]]:
    """One path of all rings, and the centre and size of the largest polygon."""
    vertices: list[tuple[float, float]] = []
    steps: list[Any] = []
    for ring in (ring for polygon in polygons for ring in polygon):
        vertices += [(x, y) for x, y in ring]
        steps += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY]
    largest = max((polygon[0] for polygon in polygons), key=extent)
    xs, ys = zip(*largest, strict=True)
    centre = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Path(vertices, steps), (*centre, extent(largest))


def extent(ring: list[list[float]]) -> float:
    """The area of the box around a ring, to tell large from small."""
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


def class_edges(highest: int) -> list[int]:
    """Lower limits of at most five classes of counts, the first one 1."""
    below = [limit for limit in LIMITS if limit <= max(highest, 1)]
    return below if len(below) <= len(SHADES) else [1, *below[-len(SHADES) + 1 :]]


def fill(count: int | None, edges: list[int]) -> dict[str, Any]:
    """The look of a district: hatched without data, beige for zero, else a shade."""
    if count is None:
        return NO_DATA
    if count == 0:
        return ZERO
    return {"fc": SHADES[sum(count >= edge for edge in edges) - 1]}


def key_handles(edges: list[int], say: Language) -> list[Patch]:
    """The key, from no data over zero to the highest class."""
    tops: list[int | None] = [edge - 1 for edge in edges[1:]]
    names = [say("charts.region_delivery.no_data"), "0"]
    for low, high in zip(edges, [*tops, None], strict=True):
        span = say.short_bounds(low, high, "")
        names.append(say.number(low) if low == high else span)
    looks: list[dict[str, Any]] = [NO_DATA, ZERO, *({"fc": shade} for shade in SHADES)]
    return [
        Patch(ec="#6A6A6A", lw=0.4, label=name, **look)
        for name, look in zip(names, looks, strict=False)
    ]


def draw_names(
    axes: Axes, say: Language, rows: list[Row], centres: dict[str, Any]
) -> None:
    """The regions with most flagged ads by name, each where nothing is overlapped."""
    known = [
        row
        for row in rows
        if row["flagged_ads_count"] and row["region_code"] in centres
    ]
    known.sort(key=lambda row: (-row["flagged_ads_count"], row["region_code"]))
    taken: list[Any] = []
    for row in known[:MOST_LABELS]:
        label = f"{row['region_name']} {say.number(row['flagged_ads_count'])}"
        *centre, size = centres[row["region_code"]]
        for shift in SHIFTS[size < SMALL :]:
            name = axes.annotate(
                label, centre, xytext=shift, zorder=6,
                textcoords="offset points", size=7.5, ha="center", va="center",
                color=INK, path_effects=[withStroke(linewidth=2.2, foreground="white")],
                arrowprops=LEADER if any(shift) else None,
            )  # fmt: skip
            box = name.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            name.remove()


def reach_of(row: Row, say: Language) -> str:
    """The impressions of the top region as the range that libraries disclose."""
    low, high = row["flagged_impressions_min"], row["flagged_impressions_max"]
    if low is None or not row["flagged_ads_count"]:
        return ""
    whole = None if high is None else round(high)
    return say(
        "charts.region_delivery.reach",
        region=row["region_name"],
        range=say.bounds(round(low), whole),
    )
