"""What a row of each model hangs on: one ad, one text, or all there are.

Found from the model's key and from what it reads; nobody keeps a list. So a part of all
ads or texts gives the very rows that all of them give for these: for Spark, and for a
build after which only some ads are new.
"""

from collections.abc import Iterable
from enum import StrEnum

from analysis.models import Model

ADS = "ads/*/*.parquet"
TEXTS = "text.texts"


class Scope(StrEnum):
    """What a row hangs on besides the seeds, in the order in which they come."""

    NO_AD = "no ad"
    AD = "one ad"
    TEXT = "one text"
    WORDS = "words of all texts; a part makes its own"
    ALL = "all ads"


def scopes(models: Iterable[Model]) -> dict[str, Scope]:
    """Every model's scope by its name; models must come after those they read."""
    found: dict[str, Scope] = {}
    for model in models:
        found[model.name] = _scope(model, found)
    return found


def _scope(model: Model, found: dict[str, Scope]) -> Scope:
    first, *others = model.key or ("",)
    if model.name == TEXTS:
        return Scope.TEXT
    if ADS in model.files:
        return Scope.AD
    varying = {found[name] for name in model.reads} - {Scope.NO_AD}
    if not varying:
        return Scope.NO_AD
    if varying == {Scope.AD}:
        return Scope.AD if first == "ad_id" else Scope.ALL
    if not varying <= {Scope.TEXT, Scope.WORDS}:
        return Scope.ALL
    # A second text in the key: texts are compared with one another.
    if first == "text_hash" and not any(key.endswith(first) for key in others):
        return Scope.TEXT
    keyed = {name for name in model.reads if found[name] == Scope.TEXT}
    is_cut = keyed <= {TEXTS} and not model.is_python
    return Scope.WORDS if is_cut else Scope.ALL
