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
from reports.figure import INK, WIDTH, Words, place
from reports.words import amount, listed

EMPTY = (
    "No library disclosed in which regions of Azerbaijan any ad was delivered, so "
    "there is no map. That is missing information, not an absence of ads."
)
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


def words(rows: list[Row], facts: Facts) -> Words:
    """The region with most flagged ads as title."""
    top = max(rows, key=lambda row: (row["flagged_ads_count"], row["region_code"]))
    flagged = [row for row in rows if row["flagged_ads_count"]]
    share = f"{len(flagged)} of the" if len(flagged) < len(rows) else "all"
    title = (
        f"Flagged ads were delivered in {share} {len(rows)} regions with "
        f"delivery data; most in {top['region_name']} "
        f"({top['flagged_ads_count']}\u00a0ads)"
    )
    if not flagged:
        title = "No flagged ad has delivery data for a region of Azerbaijan"
    caption = (
        "Flagged ads for which the library names the region among those of delivery. "
        "Hatched: no delivery data for any ad, which is not zero. An ad may count in "
        f"several regions; regions with more people see more ads. {reach_of(top)}"
        "Boundaries: Natural Earth, 1:10m (public domain), districts and cities under "
        "their ISO 3166-2 codes; data for Naxçıvan as a whole is drawn on all of it."
    )
    counts = [f"{row['region_name']} {row['flagged_ads_count']}" for row in flagged]
    alt = (
        "Map of Azerbaijan by district. Flagged ads delivered: "
        f"{listed(counts) if counts else 'none in a region with data'}."
    )
    return Words(title, caption, alt)


def draw(figure: Figure, rows: list[Row], facts: Facts) -> None:
    """Districts shaded by count, hatched without data, the highest by name."""
    figure.set_figheight(HEIGHT)
    axes = place(figure, 0.05, 0, WIDTH - 1.25, HEIGHT)
    axes.set_aspect(1 / cos(radians(40.3)))
    axes.axis("off")
    counts = {row["region_code"]: row["flagged_ads_count"] for row in rows}
    edges = class_edges(max(counts.values()))
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
    axes.legend(handles=key_handles(edges), loc="upper left", bbox_to_anchor=(0.99, 1),
                title="Flagged ads", alignment="left", labelspacing=0.55)  # fmt: skip
    draw_names(axes, figure, rows, centres)


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


def key_handles(edges: list[int]) -> list[Patch]:
    """The key, from no data over zero to the highest class."""
    tops: list[int | None] = [edge - 1 for edge in edges[1:]]
    names = ["no delivery data", "0"]
    for low, high in zip(edges, [*tops, None], strict=True):
        span = f"{low:,} or more" if high is None else f"{low:,} to {high:,}"
        names.append(str(low) if low == high else span)
    looks: list[dict[str, Any]] = [NO_DATA, ZERO, *({"fc": shade} for shade in SHADES)]
    return [
        Patch(ec="#6A6A6A", lw=0.4, label=name, **look)
        for name, look in zip(names, looks, strict=False)
    ]


def draw_names(
    axes: Axes, figure: Figure, rows: list[Row], centres: dict[str, Any]
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
        label = f"{row['region_name']} {amount(row['flagged_ads_count'])}"
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


def reach_of(row: Row) -> str:
    """The impressions of the top region as the range that libraries disclose."""
    low, high = row["flagged_impressions_min"], row["flagged_impressions_max"]
    if low is None or not row["flagged_ads_count"]:
        return ""
    upper = "no upper bound" if high is None else f"no more than {high:,.0f}"
    return f"In {row['region_name']}: at least {low:,.0f} impressions, {upper}. "
