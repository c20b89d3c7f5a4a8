"""An invented archive of any size, as the collectors would have written it.

python -m tests.benchmarks.corpus ARCHIVE [--ads 100000] [--distinct 0.2] [--more 1000]

Words follow Zipf's law and take endings, so that new forms keep coming as in language.
Texts are English, Turkish and Russian and name nothing; of NAMED_SHARE the beginning is
a labelled text on Azerbaijan (invented too, few are threats). A tenth of the texts are
near copies of others. A tenth of the ads come in two runs, half of these with other
figures. `--more` adds a run with so many new ads to an archive of `--ads`.
"""

import argparse
import csv
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.semantic.labels import read_labels
from collectors.ads import AD_SCHEMA, INSTANT, MONEY, VERSION_DIGITS
from collectors.datasets import ROWS_PER_GROUP, dataset_path
from collectors.plan import Query
from collectors.runs import COMPLETE, Run

NAMED_SHARE = 0.005
ENDINGS = {
    "en": "s ed ing er ers ly ness able less",
    "tr": "lar ler da de dan den lık ın in ım miz lardan lerde sız cı dır mış acak",
    "ru": "а ы ов ам ами ах ой ую ый ого ому ие ых ся ать ем ут л ла",
    "az": "lar lər da də dan dən lıq ın in ım miz lardan lərdə sız çı dır mış acaq",
}
ORDINARY = ("en", "en", "tr", "tr", "ru")
MARKETS = ("tr", "ge", "tr", "ru", "tr", "ge", "tr", "ru", "tr", "az")
MOST_REGIONS = 12
TEXTS_PER_ADVERTISER = 40
ADS_PER_PAGE = 100
RUNS = ("20261001T060000Z", "20261108T060000Z", "20261115T060000Z")
AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GROUPS = [(age, gender) for age in AGES for gender in ("female", "male", "unknown")]
SPEND_BANDS = np.array([0, 100, 500, 1000, 5000, 10_000, 50_000])
SHOWN_BANDS = np.array([0, 1000, 5000, 10_000, 50_000, 100_000, 500_000])

Numbers = npt.NDArray[np.int64]
Chances = npt.NDArray[np.float64]


def main() -> None:
    """Write an archive, or one more run of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--ads", type=int, default=100_000)
    parser.add_argument("--distinct", type=float, default=0.2)
    parser.add_argument("--more", type=int, default=0)
    asked = parser.parse_args()
    if asked.more:
        new = np.arange(asked.ads, asked.ads + asked.more)
        write_run(asked.archive, RUNS[2], new, asked.distinct)
    else:
        write_archive(asked.archive, asked.ads, asked.distinct)


def write_archive(archive: Path, ads: int, distinct: float) -> None:
    """Two runs: all `ads`, then a tenth of them again."""
    archive.mkdir(parents=True)
    content = {"archive": archive.name, "is_invented": True}
    (archive / "archive.json").write_text(json.dumps(content))
    write_run(archive, RUNS[0], np.arange(ads), distinct)
    write_run(archive, RUNS[1], np.arange(0, ads, 10), distinct)


def write_run(archive: Path, run_id: str, ads: Numbers, distinct: float) -> None:
    """One run's Parquet, run.json and manifest, in groups of rows as collected."""
    path = dataset_path(archive, "ads", "meta", run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = archive / "raw" / "meta" / run_id
    folder.mkdir(parents=True)
    with (
        pq.ParquetWriter(
            path, AD_SCHEMA, compression="zstd", write_page_checksum=True
        ) as file,
        (folder / "manifest.jsonl").open("w") as manifest,
        ProcessPoolExecutor() as pool,
    ):
        starts = range(0, len(ads), ROWS_PER_GROUP)
        parts = [ads[start : start + ROWS_PER_GROUP] for start in starts]
        rows = partial(ads_table, distinct=distinct, run_id=run_id)
        for table in pool.map(rows, parts, starts):
            file.write_table(table)
        for page in range(-(-len(ads) // ADS_PER_PAGE)):
            manifest.write(json.dumps(_page(run_id, page)) + "\n")
    queries = [
        Query(
            f"{market.upper()}-1",
            [market.upper()],
            {},
            f"delivered in {market.upper()} 2025-01-01 to 2026-11-01; search_terms *",
        )
        for market in sorted(set(MARKETS))
    ]
    counts = {
        "pages": len(ads) // ADS_PER_PAGE,
        "fetched": len(ads),
        "written": len(ads),
    }
    Run("meta", run_id, folder, queries, COMPLETE, counts=counts).save()


def _page(run_id: str, page: int) -> dict[str, object]:
    return {
        "page": page + 1,
        "query_id": "TR-1",
        "file": f"pages/{page + 1:06}.json.gz",
        "sha256": _digest(f"{run_id} {page}"),
        "bytes": 250_000,
        "is_redacted": False,
        "received_at": _instant(run_id),
    }


def _instant(run_id: str) -> str:
    return f"{run_id[:4]}-{run_id[4:6]}-{run_id[6:8]}T06:00:00+00:00"


def _digest(said: str) -> str:
    return sha256(said.encode()).hexdigest()


def chances(numbers: Numbers, stream: int) -> Chances:
    """An even draw from 0 to 1 for each number, the same in every run (splitmix64)."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed += np.uint64(stream * 0xD1B54A32D192ED03 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) / 2.0**53


def text_of_ads(ads: Numbers, distinct: float) -> Numbers:
    """Which text each ad shows: new ones come all the time, old ones come again.

    How often a text is used falls with its number as a power law.
    """
    seen = np.floor((ads + 1) * distinct).astype(np.int64)
    is_new = (seen > np.floor(ads * distinct)) | (seen == 0)
    old = (seen * chances(ads, 1) ** 3).astype(np.int64)
    texts: Numbers = np.where(is_new, np.maximum(seen - 1, 0), old)
    return texts


@cache
def names_of_azerbaijan() -> tuple[str, ...]:
    """How words begin that name it without a capital, as Russian adjectives do."""
    found = []
    for path in Path("seeds/lexicon").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found += [
                row["pattern"].split()[0].strip("*")
                for row in csv.DictReader(file)
                if row["concept"].endswith("_az") or row["concept"] == "sovereignty"
            ]
    return tuple(word for word in found if len(word) > 3)


@cache
def vocabulary(language: str) -> tuple[list[str], Chances]:
    """Words by rank, and how likely a word is of this rank or a lower one."""
    stems = sorted(
        {
            word
            for label in read_labels()
            if label.is_ordinary and label.language.startswith(language)
            # Names begin with a capital; these texts name nobody.
            for word in label.text.split()
            if word.isalpha() and word.islower() and len(word) > 2
            if not word.startswith(names_of_azerbaijan())
        }
    )
    np.random.default_rng(0).shuffle(stems)
    words = stems + [s + e for e in ENDINGS[language].split() for s in stems]
    odds = np.cumsum(1 / (np.arange(len(words)) + 2.7))
    return words, odds / odds[-1]


@cache
def beginnings() -> list[tuple[str, str]]:
    """Labelled texts on Azerbaijan with the language of their words."""
    labels = [x for x in read_labels() if x.language[:2] in ENDINGS]
    return [
        (label.text, label.language[:2])
        for number, label in enumerate(labels)
        if not label.is_threat or number % 10 == 0
    ]


def wording(text: int) -> tuple[str, str, str | None]:
    """Body, title and, sometimes, description of one text."""
    # Ten in a hundred are another text, a word longer.
    base = text - 1 if text % 10 == 7 else text
    if chances(np.array([base]), 2)[0] < NAMED_SHARE:
        beginning, language = beginnings()[base % len(beginnings())]
        said = [beginning, *_words(language, base, 3, 0)]
    else:
        language = ORDINARY[base % len(ORDINARY)]
        said = _words(language, base, 6 + base * 7919 % 39, 0)
        said[0] = said[0].capitalize()
    if base != text:
        said.append(_words(language, text, 1, 0)[0])
    title = " ".join(_words(language, base, 4, 64))
    description = " ".join(_words(language, base, 7, 96)) if base % 3 == 0 else None
    return " ".join(said) + ".", title, description


def _words(language: str, text: int, count: int, start: int) -> list[str]:
    words, odds = vocabulary(language)
    draws = chances(np.arange(count) + (text * 128 + start), 3)
    return [words[place] for place in np.searchsorted(odds, draws)]


def ads_table(ads: Numbers, start: int, distinct: float, run_id: str) -> pa.Table:
    """The rows of some ads; an ad has the same text and figures in every run."""
    texts = text_of_ads(ads, distinct)
    told = {text: wording(text) for text in set(texts.tolist())}
    advertisers = (texts // TEXTS_PER_ADVERTISER).tolist()
    markets = [MARKETS[int(c * len(MARKETS))] for c in chances(ads, 4)]
    is_changed = (run_id == RUNS[1]) & (ads % 20 == 0)
    begun = np.datetime64("2025-01-01") + (chances(ads, 5) * 630).astype(int)
    columns: dict[str, object] = {
        "library": ["meta"] * len(ads),
        "ad_id": [f"meta:9{ad:015}" for ad in ads.tolist()],
        "advertiser_id": [f"meta:8{number:014}" for number in advertisers],
        "advertiser_name": [f"Invented Page {number}" for number in advertisers],
        "funder": [f"Invented Fund {n // 3}" if n % 2 else None for n in advertisers],
        "body_texts": [[told[text][0]] for text in texts.tolist()],
        "title_texts": [[told[text][1]] for text in texts.tolist()],
        "description_texts": [
            [told[text][2]] if told[text][2] else None for text in texts.tolist()
        ],
        "caption_texts": [[f"page{number}.example"] for number in advertisers],
        "platforms": [["facebook", "instagram"][: 1 + n % 2] for n in advertisers],
        "delivery_regions": _regions(ads, markets),
        "delivery_demographics": _demographics(ads),
        "currency_code": [("USD", "EUR", "TRY")[n % 3] for n in advertisers],
        "landing_domain": [f"page{number}.example" for number in advertisers],
        "started_date": pa.array(begun),
        "stopped_date": pa.array(begun + (chances(ads, 6) * 30).astype(int)),
        "version_hash": [
            _digest(f"{ad} {changed}")[:VERSION_DIGITS]
            for ad, changed in zip(ads.tolist(), is_changed.tolist(), strict=True)
        ],
        "requested_country_codes": [[market.upper()] for market in markets],
        "query_id": [f"{market.upper()}-1" for market in markets],
        "query_text": [f"delivered in {market.upper()}" for market in markets],
        "run_id": [run_id] * len(ads),
        "page_sha256": [
            _digest(f"{run_id} {(start + place) // ADS_PER_PAGE}")
            for place in range(len(ads))
        ],
        "page_place": [
            f"record {(start + place) % ADS_PER_PAGE + 1}" for place in range(len(ads))
        ],
        "is_invented": [True] * len(ads),
        "collected_at": pa.array([_instant(run_id)] * len(ads)).cast(INSTANT),
        **_bands("impressions", SHOWN_BANDS, chances(ads, 7), is_changed),
        **_bands("audience_size", SHOWN_BANDS * 10, chances(ads, 8), is_changed),
        **_bands("spend", SPEND_BANDS, chances(ads, 9), is_changed),
        "reach_disclosure": ["not_disclosed"] * len(ads),
    }
    arrays = [
        pa.nulls(len(ads), field.type)
        if field.name not in columns
        else _array(columns[field.name], field.type)
        for field in AD_SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=AD_SCHEMA)


def _array(values: object, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array):
        return values.cast(kind)
    return pa.array(values, kind)


def _bands(
    name: str, bands: Numbers, draws: Chances, is_changed: npt.NDArray[np.bool_]
) -> dict[str, object]:
    """A range as libraries give it; the highest one is open."""
    places = np.minimum(
        (draws**2 * len(bands)).astype(int) + is_changed, len(bands) - 1
    )
    is_open = places == len(bands) - 1
    upper = np.where(is_open, 0, bands[np.minimum(places + 1, len(bands) - 1)] - 1)
    wide = pa.decimal128(21, 2)
    kinds = (wide, MONEY) if name == "spend" else (pa.int64(), pa.int64())
    return {
        f"{name}_min": pa.array(bands[places]).cast(kinds[0]).cast(kinds[1]),
        f"{name}_max": pa.array(upper, mask=is_open).cast(kinds[0]).cast(kinds[1]),
        f"{name}_disclosure": np.where(is_open, "open_range", "range").tolist(),
    }


@cache
def region_names(market: str) -> list[str]:
    """Meta's names of the regions of a market, as the sample archive has them."""
    with Path("seeds/sample_archive/regions.csv").open(encoding="utf-8") as file:
        return [
            row["region"] for row in csv.DictReader(file) if row["market"] == market
        ]


def _regions(ads: Numbers, markets: Sequence[str]) -> pa.Array:
    """One to MOST_REGIONS regions an ad, each with its share."""
    names, counts = [], []
    for market, draw in zip(markets, chances(ads, 10), strict=True):
        known = region_names(market)
        count = 1 + int(draw * min(len(known), MOST_REGIONS))
        first = int(draw * 1000) % len(known)
        names += (known[first:] + known)[:count]
        counts.append(count)
    return _shares(ads, np.array(counts), {"region_name": pa.array(names)}, 11)


def _demographics(ads: Numbers) -> pa.Array:
    """A share for each age and gender."""
    count = len(GROUPS) * len(ads)
    ages, genders = zip(*GROUPS, strict=True)
    columns = {
        "country_code": pa.nulls(count, pa.string()),
        "age_range": pa.array(ages * len(ads)),
        "gender": pa.array(genders * len(ads)),
        "reach_count": pa.nulls(count, pa.int64()),
    }
    return _shares(ads, np.full(len(ads), len(GROUPS)), columns, 12)


def _shares(
    ads: Numbers, counts: Numbers, columns: dict[str, pa.Array], stream: int
) -> pa.Array:
    """Lists of structs of `columns` and a share; the shares of a list add up to 1."""
    offsets = np.concatenate([[0], np.cumsum(counts)])
    place = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
    draws = chances(np.repeat(ads, counts) * 32 + place, stream) ** 2 + 0.001
    shares = draws / np.repeat(np.add.reduceat(draws, offsets[:-1]), counts)
    columns["delivery_share"] = pa.array(np.round(shares, 6))
    structs = pa.StructArray.from_arrays(list(columns.values()), list(columns))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs)


if __name__ == "__main__":
    main()
