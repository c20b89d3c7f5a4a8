"""Where each model runs when Spark is used: found from its key, what it reads, its SQL.

A text's hits and flags hang on that text and the seeds alone, and what is told of an ad
on that ad: such models run as they are, in DuckDB, over a part of all texts or ads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analysis.errors import ModelError
from analysis.models import Model
from analysis.spark.lint import refusals
from analysis.spark.translate import to_spark

ADS = "ads/*/*.parquet"
TEXTS = "text.texts"


class Place(StrEnum):
    """Who makes a model's table, in the order in which they come."""

    ONCE = "once, in DuckDB: no ad is read"
    PER_AD = "in DuckDB, over parts of all ads"
    PER_TEXT = "in DuckDB, over parts of all texts"
    WORDS = "in DuckDB, over all texts; per part for its own texts"
    SPARK = "in Spark, translated"
    DUCKDB = "in DuckDB, over all"


@dataclass(frozen=True)
class Placed:
    """Where a model runs; `spark_sql` if in Spark, `reasons` if it cannot."""

    model: Model
    place: Place
    spark_sql: str = ""
    reasons: tuple[str, ...] = ()


def places(models: Iterable[Model]) -> dict[str, Placed]:
    """Every model's place by its name; models must come after those they read."""
    found: dict[str, Placed] = {}
    for model in models:
        place = _place(model, {found[name] for name in model.reads})
        found[model.name] = Placed(model, place) if place else _joined(model)
    return found


def _place(model: Model, read: set[Placed]) -> Place | None:
    """None where only the model's SQL can tell."""
    first, *others = model.key or ("",)
    if model.name == TEXTS:
        return Place.PER_TEXT
    if ADS in model.files:
        return Place.PER_AD
    varying = {placed.place for placed in read} - {Place.ONCE}
    if not varying:
        return Place.ONCE
    if varying == {Place.PER_AD}:
        return Place.PER_AD if first == "ad_id" else None
    if not varying <= {Place.PER_TEXT, Place.WORDS}:
        return None
    # A second text in the key: texts are compared with one another.
    if first == "text_hash" and not any(key.endswith(first) for key in others):
        return Place.PER_TEXT
    keyed = {placed.model.name for placed in read if placed.place == Place.PER_TEXT}
    return Place.WORDS if keyed <= {TEXTS} and not model.is_python else None


def _joined(model: Model) -> Placed:
    if model.is_python:
        return Placed(model, Place.DUCKDB, reasons=("Python",))
    if reasons := refusals(model.source):
        return Placed(model, Place.DUCKDB, reasons=tuple(reasons))
    try:
        return Placed(model, Place.SPARK, spark_sql=to_spark(model.source))
    except ModelError as error:
        return Placed(model, Place.DUCKDB, reasons=(str(error),))
