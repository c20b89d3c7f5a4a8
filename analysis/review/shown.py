"""What a coder sees of a text: its words, and in context the ads that show it."""

import unicodedata
from typing import Any

import duckdb

# Joiners that Persian and emoji need; anything else unseen is shown as its number.
_JOINERS = "\u200c\u200d"
WORDING = """
select
    text.readable(texts.wording),
    coalesce(text_languages.language_code, 'unknown')
from text.texts
left join text.text_languages
    on texts.text_hash = text_languages.text_hash
where texts.text_hash = ?
"""
CONTEXT = """
select distinct
    ads.advertiser_name as "Advertiser",
    coalesce(ads.funder, 'not told') as "Paid for by",
    ads.library || ', ' || ads.ad_id as "Library, ad",
    coalesce(cast(ads.started_date as varchar), 'not told') || ' to '
    || coalesce(cast(ads.stopped_date as varchar), 'not told') as "Ran",
    coalesce(array_to_string(ads.platforms, ', '), 'not told') as "Shown on",
    coalesce(ads.landing_domain, 'not told') as "Leads to",
    band(ads.spend_min, ads.spend_max, ads.currency_code) as "Spend",
    coalesce(printf('%.1f %%', 100 * az_deliveries.az_share), 'not told')
        as "Shown in Azerbaijan",
    coalesce(ads.library_url, 'none') as "In the library"
from text.ad_texts
inner join staging.ads
    on ad_texts.ad_id = ads.ad_id
left join hits.az_deliveries
    on ads.ad_id = az_deliveries.ad_id
where ad_texts.text_hash = ?
order by "Library, ad"
limit 5
"""


def text_of(
    connection: duckdb.DuckDBPyConnection, text_hash: str
) -> tuple[list[str], str]:
    """The parts of a text without its host names, and its language."""
    rows = connection.execute(WORDING, [text_hash]).fetchall()
    wording, language = rows[0]
    return [visible(part) for part in wording.split(" ‖ ")], language


def context_of(
    connection: duckdb.DuckDBPyConnection, text_hash: str
) -> list[dict[str, str]]:
    """What the library shows of the first ads with that text."""
    answer = connection.execute(CONTEXT, [text_hash])
    names = [column[0] for column in answer.description or ()]
    return [
        {name: visible(str(cell)) for name, cell in zip(names, row, strict=True)}
        for row in answer.fetchall()
    ]


def known_texts(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The hashes of all texts that can be coded."""
    rows: list[tuple[Any, ...]] = connection.execute(
        "select text_hash from text.texts where len(text.words_of(wording)) >= 3"
    ).fetchall()
    return {row[0] for row in rows}


def visible(text: str) -> str:
    """The text with signs that cannot be seen, or turn its order, as their number."""
    return "".join(
        f"[U+{ord(sign):04X}]"
        if sign not in _JOINERS and unicodedata.category(sign) in ("Cc", "Cf", "Co")
        else sign
        for sign in text
    )
