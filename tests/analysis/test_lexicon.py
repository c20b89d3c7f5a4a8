"""Every term finds its example and leaves its tempting near miss alone."""

from tests.analysis.model_case import database, of_texts, rows

TERMS = """
select term_id, pattern, example_hit, example_miss from staging.lexicon_terms
order by term_id
"""
FOUND = """
select cast(ad_texts.ad_id as integer) as number
from hits.term_hits inner join text.ad_texts using (text_hash)
where term_hits.term_id = ?
"""


def test_every_term_finds_its_hit_and_not_its_miss() -> None:
    lexicon = database({}, ["staging.lexicon_terms"])
    terms = rows(lexicon, TERMS)
    assert len(terms) >= 150
    texts = [
        text for term in terms for text in (term["example_hit"], term["example_miss"])
    ]
    found = of_texts(texts, ["hits.term_hits"])
    wrong = []
    for number, term in enumerate(terms):
        at = {row[0] for row in found.execute(FOUND, [term["term_id"]]).fetchall()}
        if 2 * number not in at:
            wrong.append(f"{term['term_id']} misses its hit: {term['example_hit']}")
        if 2 * number + 1 in at:
            wrong.append(f"{term['term_id']} finds its miss: {term['example_miss']}")
    assert not wrong, "\n".join(wrong)


def test_patterns_are_written_as_the_folding_expects() -> None:
    odd = rows(
        database({}, ["staging.lexicon_terms"]),
        "select term_id, pattern from staging.lexicon_terms "
        "where pattern != trim(pattern) "
        "or regexp_matches(pattern, '  |^[~]|[~]$|~[^0-9]')",
    )
    assert not odd
