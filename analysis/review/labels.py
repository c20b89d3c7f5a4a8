"""Reviewed texts as labels, so that people's decisions can train and test the model."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from analysis.desk.query import open_database
from analysis.review.codebook import VERSION
from analysis.semantic.labels import Label, read_labels
from analysis.texts import database_of_tables

log = logging.getLogger(__name__)

REVIEWED = """
with classes as (
    select text_hash, min(negative_class) as negative_class
    from staging.review_decisions
    -- What the sample's invented coders decided trains nothing.
    where not is_withdrawn and not starts_with(coder_id, 'invented-')
    group by text_hash
)
select
    'review-' || left(texts.text_hash, 16),
    coalesce(text_languages.language_code, 'other'),
    texts.wording,
    text_reviews.review_outcome = 'yes',
    text_reviews.codes,
    text_reviews.voice,
    text_reviews.direction,
    text_reviews.severity,
    coalesce(classes.negative_class, '')
from flags.text_reviews
inner join text.texts using (text_hash)
inner join classes using (text_hash)
left join text.text_languages using (text_hash)
where text_reviews.review_outcome in ('yes', 'no')
order by 1
"""
# Two texts are kin where they share half of all the words that either has.
KIN = """
with folded as (
    select
        label_id,
        is_reviewed,
        list_distinct(list_transform(
            text.words_of(text.evened(wording)), lambda word: text.folded(word)
        )) as words
    from given.texts
),
spread as (
    select label_id, is_reviewed, len(words) as words_count, unnest(words) as word
    from folded
)
select reviewed.label_id, others.label_id
from spread as reviewed
inner join spread as others
    on
        reviewed.word = others.word
        and reviewed.is_reviewed
        and reviewed.label_id != others.label_id
group by reviewed.label_id, others.label_id
having
    2 * count(*)
    >= any_value(reviewed.words_count) + any_value(others.words_count) - count(*)
order by all
"""


def labels_with_reviews(archive: Path | None) -> list[Label]:
    """The labels in seeds/labels, with the reviewed texts of an archive if named.

    A reviewed text stands in the group of the labelled texts it is kin to, so that no
    split has kin on both sides; one that is kin to two groups is left out.
    """
    labels = read_labels()
    if archive is None:
        return labels
    reviewed = list(reviewed_texts(archive))
    pairs = kin(reviewed, labels)
    groups = groups_of(
        reviewed, pairs, {label.text_id: label.group_id for label in labels}
    )
    kept = [
        Label(**{**vars(label), "group_id": groups[label.text_id]})
        for label in reviewed
        if label.text_id in groups
    ]
    log.info(
        "%d reviewed texts with the %d labels; %d left out as kin to two groups",
        len(kept), len(labels), len(reviewed) - len(kept),
    )  # fmt: skip
    return [*labels, *kept]


def reviewed_texts(archive: Path) -> Iterator[Label]:
    """The texts of a published database that people agree on, each as its own group."""
    with open_database(archive) as connection:
        rows = connection.execute(REVIEWED).fetchall()
    for (
        text_id,
        language,
        text,
        is_threat,
        codes,
        voice,
        direction,
        severity,
        kind,
    ) in rows:
        yield Label(
            text_id=text_id,
            group_id=text_id,
            language=language,
            text=text,
            is_threat=is_threat,
            codes=frozenset(codes),
            voice=voice,
            direction=direction,
            polarity="",
            severity=severity,
            negative_class=kind,
            register=f"review, codebook {VERSION}",
        )


def kin(reviewed: Iterable[Label], labels: Iterable[Label]) -> list[tuple[str, str]]:
    """Pairs of a reviewed text and another text that are kin."""
    rows = [
        {"label_id": label.text_id, "wording": label.text, "is_reviewed": is_reviewed}
        for is_reviewed, group in ((True, reviewed), (False, labels))
        for label in group
    ]
    with database_of_tables({}, [], Path()) as connection:
        connection.execute("create schema given")
        connection.register("rows", pa.Table.from_pylist(rows))
        connection.execute("create table given.texts as from rows")
        return connection.execute(KIN).fetchall()


def groups_of(
    reviewed: Iterable[Label],
    pairs: Iterable[tuple[str, str]],
    seeded: Mapping[str, str],
) -> dict[str, str]:
    """The group of each reviewed text: that of its kin among the labels, or their own.

    Kin of kin are in one group. A group that touches two of the labels' is missing.
    """
    head = {label.text_id: label.text_id for label in reviewed}
    touched: dict[str, set[str]] = {text_id: set() for text_id in head}

    def first(text_id: str) -> str:
        while head[text_id] != text_id:
            text_id = head[text_id]
        return text_id

    for one, other in pairs:
        if other in head:
            low, high = sorted((first(one), first(other)))
            head[high] = low
            touched[low] |= touched[high]
        else:
            touched[first(one)].add(seeded[other])
    return {
        text_id: next(iter(touched[first(text_id)]), first(text_id))
        for text_id in head
        if len(touched[first(text_id)]) <= 1
    }
