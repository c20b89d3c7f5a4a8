"""Where each model runs when Spark is used: found from its scope and its SQL.

A text's hits and flags hang on that text and the seeds alone, and what is told of an ad
on that ad: such models run as they are, in DuckDB, over a part of all texts or ads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.errors import ModelError
from analysis.models import Model
from analysis.scopes import Scope, scopes
from analysis.spark.lint import refusals
from analysis.spark.translate import to_spark


class Place(StrEnum):
    """Who makes a model's table, in the order in which they come."""

    ONCE = "once, in DuckDB: no ad is read"
    PER_AD = "in DuckDB, over parts of all ads"
    PER_TEXT = "in DuckDB, over parts of all texts"
    WORDS = "in DuckDB, over all texts; per part for its own texts"
    SPARK = "in Spark, translated"
    DUCKDB = "in DuckDB, over all"


# Other scopes are joined.
_PLACES = {
    Scope.NO_AD: Place.ONCE,
    Scope.AD: Place.PER_AD,
    Scope.TEXT: Place.PER_TEXT,
    Scope.WORDS: Place.WORDS,
}


@dataclass(frozen=True)
class Placed:
    """Where a model runs; `spark_sql` if in Spark, `reasons` if it cannot."""

    model: Model
    place: Place
    spark_sql: str = ""
    reasons: tuple[str, ...] = ()


def places(models: Sequence[Model]) -> dict[str, Placed]:
    """Every model's place by its name; models must come after those they read."""
    found = scopes(models)
    return {
        model.name: Placed(model, _PLACES[found[model.name]])
        if found[model.name] in _PLACES
        else _joined(model)
        for model in models
    }


def _joined(model: Model) -> Placed:
    if model.is_python:
        return Placed(model, Place.DUCKDB, reasons=("Python",))
    if reasons := refusals(model.source):
        return Placed(model, Place.DUCKDB, reasons=tuple(reasons))
    try:
        return Placed(model, Place.SPARK, spark_sql=to_spark(model.source))
    except ModelError as error:
        return Placed(model, Place.DUCKDB, reasons=(str(error),))
