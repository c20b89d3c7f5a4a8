"""The whole detector's verdicts on texts written in the tests."""

from collections.abc import Mapping
from pathlib import Path

from analysis.texts import database_of_texts

CACHE = Path("data/cache")


def threats_among(texts: Mapping[str, str]) -> set[str]:
    """The ids of the texts that flags.text_flags calls a threat."""
    with database_of_texts(
        texts, ["flags.text_flags", "text.ad_texts"], CACHE
    ) as connection:
        found = connection.execute(
            "select ad_texts.ad_id from text.ad_texts "
            "inner join flags.text_flags using (text_hash) "
            "where text_flags.is_threat"
        ).fetchall()
    return {text_id for (text_id,) in found}
